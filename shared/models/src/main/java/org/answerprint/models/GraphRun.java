package org.answerprint.models;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.answerprint.faults.RequestFault;
import org.answerprint.graph.Dim;
import org.answerprint.graph.ElementType;
import org.answerprint.graph.Graph;
import org.answerprint.graph.NamedType;
import org.answerprint.runtime.BoundWeights;
import org.answerprint.runtime.Engine;
import org.answerprint.runtime.Session;
import org.answerprint.weights.Shape;
import org.answerprint.weights.Tensor;
import org.answerprint.weights.Tensors;

/** A graph at work on the processor, from tensors by name to tensors by name. For one thread; the weights outlive it. */
final class GraphRun implements AutoCloseable {

  /** Calls are few: what ONNX Runtime makes of a graph so that they are quicker would take longer than they do. */
  private static final Engine ENGINE = new Engine.Cpu(1, Engine.Spared.LOADING);

  private final Graph graph;
  private final BoundWeights weights;
  private final Session session;

  GraphRun(Graph graph, Tensors tensors) {
    this.graph = graph;
    weights = BoundWeights.of(tensors, graph.weights());
    try {
      session = Session.open(ENGINE, graph, weights);
    } catch (RuntimeException | Error e) {
      weights.close();
      throw e;
    }
  }

  /** All outputs for these inputs; others are let be. @throws RequestFault where one is missing, or does not fit */
  Map<String, Tensor> run(Map<String, Tensor> inputs) {
    Map<String, Long> lengths = new HashMap<>();
    for (NamedType input : graph.inputs()) {
      fill(input, inputs, lengths);
    }
    session.run();
    Map<String, Tensor> outputs = new LinkedHashMap<>();
    for (NamedType output : graph.outputs()) {
      String name = output.name();
      outputs.put(name, Tensor.ofFloats(name, Shape.of(session.shapeOf(name)), session.values(name)));
    }
    return outputs;
  }

  private void fill(NamedType input, Map<String, Tensor> inputs, Map<String, Long> lengths) {
    Tensor tensor = inputs.get(input.name());
    if (tensor == null) {
      throw new RequestFault("the input %s is missing, %s; give it".formatted(input.name(), input.type()));
    }
    long[] shape = shape(input, tensor, lengths);
    boolean floats = input.type().element() == ElementType.FLOAT;
    if (floats) {
      session.floats(input.name(), shape).put(tensor.type().isFloat() ? tensor.toFloats() : asFloats(integers(tensor)));
    } else {
      session.longs(input.name(), shape).put(integers(tensor));
    }
  }

  /** The tensor's own shape where it fits; older files give a number without axes as one of a list. */
  private static long[] shape(NamedType input, Tensor tensor, Map<String, Long> lengths) {
    long[] found = tensor.shape().toArray();
    int rank = input.type().shape().rank();
    if (rank == 0 && tensor.shape().elements() == 1) {
      return new long[0];
    }
    boolean fits = found.length == rank;
    for (int axis = 0; fits && axis < rank; axis++) {
      Dim dim = input.type().shape().dim(axis);
      long length = found[axis];
      fits = length > 0 && (!dim.isNumber() || dim.is(length))
          && dim.name().map(name -> lengths.merge(name, length, (before, now) -> before)).filter(known -> known != length).isEmpty();
    }
    if (!fits) {
      throw new RequestFault("the input %s is %s %s, and must be %s%s; give one that fits".formatted(input.name(), tensor.type(),
          tensor.shape(), input.type(), lengths.isEmpty() ? "" : " where " + lengths));
    }
    return found;
  }

  /** Whole numbers of a tensor. @throws RequestFault where it has others */
  static long[] integers(Tensor tensor) {
    ByteBuffer data = tensor.buffer();
    long[] values = new long[Math.toIntExact(tensor.shape().elements())];
    for (int i = 0; i < values.length; i++) {
      values[i] = switch (tensor.type()) {
        case INT64 -> data.getLong(i * Long.BYTES);
        case INT32 -> data.getInt(i * Integer.BYTES);
        default -> throw new RequestFault("%s is %s, and must be int64 or int32; give whole numbers".formatted(
            tensor.name(), tensor.type()));
      };
    }
    return values;
  }

  private static float[] asFloats(long[] integers) {
    float[] floats = new float[integers.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = integers[i];
    }
    return floats;
  }

  @Override
  public void close() {
    session.close();
    weights.close();
  }
}
