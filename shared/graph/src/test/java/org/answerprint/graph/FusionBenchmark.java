package org.answerprint.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import ai.onnxruntime.OrtException;

/**
 * What the fused forms gain on the CPU, each beside the standard form in the same run, calls taken in turn: group normalisation
 * with SiLU, attention, and a resnet with a transformer's self-attention, at the sizes of Stable Diffusion's levels.
 * Arguments: rounds (10), threads (1).
 */
public final class FusionBenchmark {

  private FusionBenchmark() {}

  private record Entry(String name, Graph graph) {}

  public static void main(String[] arguments) throws OrtException {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10;
    int threads = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1;
    System.out.printf("%-34s %14s %14s %8s%n", "median of " + rounds + ", ms, " + threads + " threads", "standard", "CPU form", "ratio");
    for (Entry entry : entries()) {
      Map<String, Numeric> values = values(entry.graph());
      try (Loaded standard = new Loaded(entry.graph(), Target.STANDARD, values, threads);
          Loaded fused = new Loaded(entry.graph(), Target.CPU, values, threads)) {
        double[] medians = medians(List.of(standard, fused), values, rounds);
        System.out.printf("%-34s %14.1f %14.1f %8.2f%n", entry.name(), medians[0], medians[1], medians[1] / medians[0]);
      }
    }
  }

  private static List<Entry> entries() {
    List<Entry> entries = new ArrayList<>();
    for (long[] level : new long[][] {{320, 64, 8}, {640, 32, 8}, {1280, 16, 8}}) {
      String size = level[0] + " x " + level[1] + " x " + level[1];
      GraphBuilder norm = GraphBuilder.create();
      norm.output("y", norm.silu(norm.in("n").groupNorm(input(norm, level), 32, 1e-5)));
      entries.add(new Entry("group norm, silu " + size, norm.build()));
      GraphBuilder attention = GraphBuilder.create();
      Tensor tokens = attention.transpose(attention.reshape(input(attention, level), 0, 0, -1), 0, 2, 1);
      attention.output("y", attention.attention(tokens, tokens, tokens, (int) level[2]));
      entries.add(new Entry("attention " + size, attention.build()));
      GraphBuilder block = GraphBuilder.create();
      block.output("y", Blocks.transformer(block.block("t"), Blocks.resnet(block.block("r"), input(block, level)), (int) level[2]));
      entries.add(new Entry("resnet, self-attention " + size, block.build()));
    }
    return entries;
  }

  private static Tensor input(GraphBuilder g, long[] level) {
    return g.input("x", ElementType.FLOAT, 1, level[0], level[1], level[1]);
  }

  private static Map<String, Numeric> values(Graph graph) {
    Random random = new Random(3);
    Map<String, Numeric> values = new HashMap<>();
    List<NamedType> all = new ArrayList<>(graph.inputs());
    all.addAll(graph.weights());
    all.forEach(named -> values.put(named.name(), Numeric.random(random, named.type().shape().sizes())));
    return values;
  }

  private static double[] medians(List<Loaded> candidates, Map<String, Numeric> values, int rounds) throws OrtException {
    double[][] times = new double[candidates.size()][rounds];
    for (int round = -2; round < rounds; round++) {
      for (int i = 0; i < candidates.size(); i++) {
        double milliseconds = candidates.get(i).milliseconds(values);
        if (round >= 0) {
          times[i][round] = milliseconds;
        }
      }
    }
    double[] medians = new double[candidates.size()];
    for (int i = 0; i < medians.length; i++) {
      Arrays.sort(times[i]);
      medians[i] = times[i][rounds / 2];
    }
    return medians;
  }
}
