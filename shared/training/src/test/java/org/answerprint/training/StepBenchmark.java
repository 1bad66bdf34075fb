package org.answerprint.training;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.answerprint.graph.AdamW;
import org.answerprint.graph.Graph;
import org.answerprint.networks.NetworkDefinition;
import org.answerprint.runtime.BoundWeights;
import org.answerprint.runtime.Engine;
import org.answerprint.runtime.Session;
import org.answerprint.runtime.TensorMemory;
import org.answerprint.weights.Shape;
import org.answerprint.weights.Tensor;
import org.answerprint.weights.Tensors;

/** A lesson's training step beside its own forward pass: {@code PART [THREADS [STEPS]]}. */
public final class StepBenchmark {

  private StepBenchmark() {}

  public static void main(String[] arguments) {
    Engine engine = new Engine.Cpu(arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1, Engine.Spared.NOTHING);
    int steps = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 6;
    Lesson lesson = lesson(arguments[0]);
    long start = System.nanoTime();
    Batch batch = lesson.batch(0);
    say("making a batch", seconds(start));
    Graph forward = LossGraph.withWeightsAsInputs(lesson.graphs().get(batch.graph()).withOutputs(Lesson.LOSS));
    Graph backward = LossGraph.withGradients(lesson.graphs().get(batch.graph()));
    Graph adam = StepGraph.of(lesson.graphs().getFirst().weights(), AdamW.Settings.usual());
    double ahead = best(engine, forward, lesson, batch, steps);
    double both = best(engine, backward, lesson, batch, steps);
    double step = best(engine, adam, lesson, batch, steps);
    long weights = lesson.graphs().getFirst().weights().stream().mapToLong(it -> it.type().shape().elements().value()).sum();
    System.out.println("weights " + weights + ", graph of " + backward.size() + " operators");
    say("forward", ahead);
    say("forward and backward", both);
    say("AdamW and average", step);
    System.out.printf(Locale.ROOT, "a step is %.2f times its forward pass%n", (both + step) / ahead);
  }

  static Lesson lesson(String part) {
    return switch (part) {
      case "vae" -> ToyboxImage.vaeLesson(Amounts.USUAL, 1);
      case "depth" -> ToyboxImage.depthLesson(Amounts.USUAL, 1);
      case "captioner" -> ToyboxImage.captionerLesson(Amounts.USUAL, 1);
      case "unet" -> ToyboxImage.unetLesson(untrained(ToyboxImage.vae()), OptionalDouble.empty(), temporary(), Amounts.USUAL, 1);
      default -> throw new IllegalArgumentException(part);
    };
  }

  private static Tensors untrained(NetworkDefinition network) {
    return Tensors.of("first weights", network.weights().stream().map(weight -> Tensor.ofFloats(weight.name(),
        Shape.of(weight.type().shape().sizes()), InitialWeights.of(weight, 1))).toList());
  }

  private static Path temporary() {
    try {
      Path folder = Files.createTempDirectory("tokenizer");
      folder.toFile().deleteOnExit();
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static double best(Engine engine, Graph graph, Lesson lesson, Batch batch, int steps) {
    Map<String, TensorMemory> inputs = new LinkedHashMap<>();
    graph.inputs().forEach(input -> inputs.put(input.name(), new TensorMemory(input.type())));
    lesson.graphs().getFirst().weights().stream().filter(weight -> inputs.containsKey(weight.name()))
        .forEach(weight -> inputs.get(weight.name()).floats().put(lesson.initial(weight, 1)));
    batch.floats().forEach((name, values) -> {
      if (inputs.containsKey(name)) {
        inputs.get(name).floats().put(values);
      }
    });
    batch.longs().forEach((name, values) -> {
      if (inputs.containsKey(name)) {
        inputs.get(name).longs().put(values);
      }
    });
    Map<String, TensorMemory> outputs = new LinkedHashMap<>();
    graph.outputs().forEach(output -> outputs.put(output.name(), new TensorMemory(output.type())));
    double best = Double.POSITIVE_INFINITY;
    try (BoundWeights none = BoundWeights.none(); Session session = Session.open(engine, graph, none)) {
      for (int i = 0; i < steps; i++) {
        long start = System.nanoTime();
        session.run(inputs, outputs);
        best = Math.min(best, seconds(start));
      }
    }
    List.of(inputs, outputs).forEach(memories -> memories.values().forEach(TensorMemory::close));
    return best;
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }

  private static void say(String what, double seconds) {
    System.out.printf(Locale.ROOT, "%s: %.3f s%n", what, seconds);
  }
}
