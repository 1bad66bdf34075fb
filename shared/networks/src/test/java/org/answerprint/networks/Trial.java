package org.answerprint.networks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.answerprint.graph.ElementType;
import org.answerprint.graph.Graph;
import org.answerprint.graph.NamedType;
import org.answerprint.runtime.BoundWeights;
import org.answerprint.runtime.Engine;
import org.answerprint.runtime.Session;
import org.answerprint.weights.Shape;
import org.answerprint.weights.Tensor;
import org.answerprint.weights.Tensors;

/** A graph that runs on the processor with a file's weights, or with random ones. */
final class Trial implements AutoCloseable {

  /** Loads in a fraction of the usual one's time, which pays where calls are few; the runtime's own classes are tested with that one. */
  static final Engine ENGINE = new Engine.Cpu(1, Engine.Spared.LOADING);

  private final Graph graph;
  private final BoundWeights weights;
  private final Session session;

  private Trial(Graph graph, Tensors tensors) {
    this.graph = graph;
    weights = BoundWeights.of(tensors, graph.weights());
    session = Session.open(ENGINE, graph, weights);
  }

  /** The tensors outlive the trial. */
  static Trial of(Graph graph, Tensors tensors) {
    return new Trial(graph, tensors);
  }

  /** Weights of a size at which signals neither grow nor fade, the same for one seed. */
  static Tensors randomWeights(List<NamedType> wanted, long seed) {
    Random random = new Random(seed);
    List<Tensor> tensors = new ArrayList<>();
    for (NamedType weight : wanted) {
      long[] shape = weight.type().shape().sizes();
      double fanIn = shape.length < 2 ? 1 : (double) Numbers.elements(shape) / shape[0];
      double middle = shape.length == 1 && weight.name().endsWith("weight") ? 1 : 0;
      double scale = shape.length < 2 ? 0.1 : 1 / Math.sqrt(fanIn);
      float[] values = Numbers.random(random, shape).values();
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (middle + scale * values[i]);
      }
      tensors.add(Tensor.ofFloats(weight.name(), Shape.of(shape), values));
    }
    return Tensors.of("random weights", tensors);
  }

  Map<String, Numbers> run(Map<String, Numbers> inputs) {
    for (NamedType input : graph.inputs()) {
      Numbers numbers = inputs.get(input.name());
      if (input.type().element() == ElementType.FLOAT) {
        session.floats(input.name(), numbers.shape()).put(numbers.values());
      } else {
        long[] values = new long[numbers.values().length];
        for (int i = 0; i < values.length; i++) {
          values[i] = (long) numbers.values()[i];
        }
        session.longs(input.name(), numbers.shape()).put(values);
      }
    }
    session.run();
    Map<String, Numbers> outputs = new LinkedHashMap<>();
    for (NamedType output : graph.outputs()) {
      float[] values = new float[session.output(output.name()).remaining()];
      session.output(output.name()).get(values);
      outputs.put(output.name(), new Numbers(session.shapeOf(output.name()), values));
    }
    return outputs;
  }

  @Override
  public void close() {
    session.close();
    weights.close();
  }
}
