package org.answerprint.models;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.answerprint.bundles.CheckpointReader;
import org.answerprint.weights.SafetensorsWriter;
import org.answerprint.weights.Tensor;
import org.answerprint.weights.Tensors;
import org.answerprint.weights.WeightFiles;

/** Copies of tiny checkpoints in the layouts that users have, with goldens of the reference implementation. */
final class Checkpoints {

  private Checkpoints() {}

  /** A whole copy, to be changed. */
  static Path copy(String name, Path folder) throws IOException {
    return copy(name, folder, path -> true);
  }

  /** A copy of some of its folders, without {@code model_index.json}: a checkpoint in part. */
  static Path part(String name, Path folder, String... parts) throws IOException {
    return copy(name, folder, path -> List.of(parts).contains(path.getName(0).toString()));
  }

  private static Path copy(String name, Path folder, Predicate<Path> wanted) throws IOException {
    Path from = path("/" + name);
    Path to = folder.resolve(name);
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).filter(file -> wanted.test(from.relativize(file))).toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
    // A file of another module's tests, whose weights are not these.
    Files.deleteIfExists(to.resolve("golden/depth_lifted.safetensors"));
    return to;
  }

  /** A folder of some of a checkpoint's golden files. */
  static Path goldens(String name, Path folder, String... files) throws IOException {
    Path some = Files.createDirectories(folder.resolve("some"));
    for (String file : files) {
      Files.copy(path("/" + name + "/golden/" + file), some.resolve(file));
    }
    return some;
  }

  static Model model(Path folder) {
    return Model.of(CheckpointReader.read(folder, new Definitions(), false));
  }

  /** Changes the tensors of a file, which may be any of them by its name. */
  static void change(Path file, Consumer<Map<String, Tensor>> change) throws IOException {
    Path changed = file.resolveSibling("changed");
    try (Tensors tensors = WeightFiles.open(file)) {
      Map<String, Tensor> all = new LinkedHashMap<>(tensors.asMap());
      change.accept(all);
      Tensors others = Tensors.of("changed", all.entrySet().stream().map(entry -> entry.getValue().named(entry.getKey())).toList());
      SafetensorsWriter.write(changed, others, Map.of());
    }
    Files.move(changed, file, StandardCopyOption.REPLACE_EXISTING);
  }

  private static Path path(String resource) {
    try {
      return Path.of(Checkpoints.class.getResource(resource).toURI());
    } catch (URISyntaxException e) {
      throw new UncheckedIOException(new IOException(e));
    }
  }
}
