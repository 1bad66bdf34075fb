package org.answerprint.models;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.answerprint.faults.RequestFault;
import org.answerprint.weights.Tensor;
import org.answerprint.weights.Tensors;
import org.answerprint.weights.WeightFiles;

/** Inputs and the reference's outputs in one file; it remembers which were asked for. */
final class Golden implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final long LARGEST_JSON = 1 << 20;

  private final Path file;
  private final Tensors tensors;
  private final Set<String> read = new HashSet<>();

  Golden(Path file) {
    this.file = file;
    tensors = WeightFiles.open(file);
  }

  /** @throws RequestFault where it has none of that name */
  Tensor get(String name) {
    read.add(name);
    return tensors.get(name);
  }

  /** Several, by name. */
  Map<String, Tensor> inputs(String... names) {
    Map<String, Tensor> inputs = new HashMap<>();
    for (String name : names) {
      inputs.put(name, get(name));
    }
    return inputs;
  }

  /** The names that begin so, in the order of the file. */
  List<String> names(String prefix) {
    return tensors.names().stream().filter(name -> name.startsWith(prefix)).toList();
  }

  /** Those that nobody has asked for. */
  List<String> unread() {
    return tensors.names().stream().filter(name -> !read.contains(name)).toList();
  }

  /** A JSON file in the same folder, where there is one. */
  Optional<JsonNode> beside(String name) {
    Path json = file.resolveSibling(name);
    try {
      return Files.isRegularFile(json) && Files.size(json) <= LARGEST_JSON
          ? Optional.of(JSON.readTree(Files.readAllBytes(json))) : Optional.empty();
    } catch (IOException e) {
      throw new RequestFault("%s is no JSON that can be read; fetch it again".formatted(json), e);
    }
  }

  @Override
  public void close() {
    tensors.close();
  }
}
