package org.answerprint.graph;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import ai.onnxruntime.OrtException;

/**
 * Time and peak memory of one call through a chain of resnets and self-attention: forward, the gradient of the input or of all
 * weights, everything kept or recomputed by blocks. One variant per process, since a process's peak never falls.
 * Arguments: {@code forward}, {@code input} or {@code weights}; {@code NOTHING} or {@code BLOCKS}; pairs of blocks (8);
 * channels (320); side (32).
 */
public final class MemoryBenchmark {

  private MemoryBenchmark() {}

  public static void main(String[] arguments) throws OrtException, IOException {
    Recompute recompute = Recompute.valueOf(arguments[1]);
    int pairs = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 8;
    long channels = arguments.length > 3 ? Long.parseLong(arguments[3]) : 320;
    long side = arguments.length > 4 ? Long.parseLong(arguments[4]) : 32;
    GraphBuilder g = GraphBuilder.create();
    Tensor x = g.input("x", ElementType.FLOAT, 1, channels, side, side);
    Tensor h = x;
    for (int pair = 0; pair < pairs; pair++) {
      h = Blocks.transformer(g.block("t" + pair), Blocks.resnet(g.block("r" + pair), h), 8);
    }
    g.output("y", h);
    Graph network = g.build();
    List<String> trained = network.weights().stream().map(NamedType::name).toList();
    Graph graph = switch (arguments[0]) {
      case "forward" -> network;
      case "input" -> TrainingGraph.of(network, "y", List.of("x"), recompute);
      case "weights" -> TrainingGraph.of(network, "y", trained, recompute);
      default -> throw new IllegalArgumentException(arguments[0]);
    };
    Map<String, Numeric> values = new HashMap<>();
    List<NamedType> all = new ArrayList<>(graph.inputs());
    all.addAll(graph.weights());
    all.forEach(named -> values.put(named.name(), Numeric.random(new Random(3), named.type().shape().sizes())));
    long weightBytes = graph.weights().stream().mapToLong(weight -> weight.type().shape().elements().value() * 4).sum();
    try (Loaded loaded = new Loaded(graph, Target.CPU, values, 1)) {
      values.keySet().removeIf(name -> graph.weights().stream().anyMatch(weight -> weight.name().equals(name)));
      System.gc();
      long before = status("VmRSS");
      double milliseconds = loaded.milliseconds(values);
      System.out.printf("%s %s: %d nodes, %.0f MB of weights, loaded %.0f MB, peak %.0f MB above that, %.0f ms%n", arguments[0],
          recompute, graph.size(), weightBytes / 1e6, before / 1e3, (status("VmHWM") - before) / 1e3, milliseconds);
    }
  }

  private static long status(String field) throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream().filter(line -> line.startsWith(field + ":"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", ""))).findFirst().orElseThrow();
  }
}
