package org.answerprint.models;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.answerprint.bundles.Component;
import org.answerprint.bundles.ComponentKind;
import org.answerprint.graph.NamedType;
import org.answerprint.weights.ElementType;
import org.answerprint.weights.SafetensorsWriter;
import org.answerprint.weights.Shape;
import org.answerprint.weights.Tensor;
import org.answerprint.weights.TensorSpec;
import org.answerprint.weights.Tensors;

/**
 * A network with random weights, in a folder as people have it.
 *
 * @param folder named as the component is
 * @param weights what its definition wants, by the definition's names
 */
record RandomComponent(Path folder, List<NamedType> weights) {

  /** Writes its config. */
  static RandomComponent of(Path folder, ComponentKind kind, String config) throws IOException {
    Path file = Files.createDirectories(folder).resolve("config.json");
    Files.writeString(file, config);
    Component component = new Component(folder.getFileName().toString(), kind, JsonMapper.builder().build().readTree(config), file, List.of());
    return new RandomComponent(folder, Definitions.of(component).weights());
  }

  /** All weights in one file. */
  RandomComponent in(String file, ElementType type) {
    write(file, type, weights);
    return this;
  }

  /** The weights in turn in this many files, with their index. */
  RandomComponent inShards(String stem, int count) throws IOException {
    Map<String, String> places = new LinkedHashMap<>();
    for (int shard = 0; shard < count; shard++) {
      String file = "%s-%05d-of-%05d.safetensors".formatted(stem, shard + 1, count);
      List<NamedType> part = new ArrayList<>();
      for (int i = shard; i < weights.size(); i += count) {
        part.add(weights.get(i));
        places.put(weights.get(i).name(), file);
      }
      write(file, ElementType.FLOAT32, part);
    }
    Files.write(folder.resolve(stem + ".safetensors.index.json"),
        JsonMapper.builder().build().writeValueAsBytes(Map.of("metadata", Map.of("total_size", 1), "weight_map", places)));
    return this;
  }

  /** All weights in PyTorch's form. */
  RandomComponent inTorchFile(String file) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      TorchFile.write(folder.resolve(file), tensors(arena, weights));
    }
    return this;
  }

  private void write(String file, ElementType type, List<NamedType> part) {
    try (Arena arena = Arena.ofConfined()) {
      Tensors tensors = tensors(arena, part);
      List<TensorSpec> specs = tensors.all().stream().map(tensor -> new TensorSpec(tensor.name(), type, tensor.shape())).toList();
      try (SafetensorsWriter writer = new SafetensorsWriter(folder.resolve(file), specs, Map.of("format", "pt"))) {
        tensors.all().forEach(writer::put);
        writer.finish();
      }
    }
  }

  /** Each begins with the same numbers: what they are does not matter, and there may be gigabytes of them. */
  private Tensors tensors(Arena arena, List<NamedType> part) {
    List<TensorSpec> specs = part.stream()
        .map(weight -> new TensorSpec(weight.name(), ElementType.FLOAT32, Shape.of(weight.type().shape().sizes()))).toList();
    MemorySegment random = arena.allocate(specs.stream().mapToLong(TensorSpec::bytes).max().orElseThrow(), Long.BYTES);
    SplittableRandom numbers = new SplittableRandom(folder.getFileName().hashCode());
    for (long at = 0; at < random.byteSize() / Float.BYTES; at++) {
      random.setAtIndex(ValueLayout.JAVA_FLOAT, at, (float) (numbers.nextDouble() - 0.5) / 2);
    }
    return Tensors.of("random", specs.stream().map(spec -> new Tensor(spec, random.asSlice(0, spec.bytes()))).toList());
  }
}
