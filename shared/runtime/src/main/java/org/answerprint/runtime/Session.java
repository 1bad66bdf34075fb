package org.answerprint.runtime;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxTensorLike;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.TensorInfo;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.answerprint.faults.InternalFault;
import org.answerprint.faults.RequestFault;
import org.answerprint.graph.ElementType;
import org.answerprint.graph.Graph;
import org.answerprint.graph.NamedType;
import org.answerprint.graph.Target;

/**
 * One graph, loaded for long. Fill its inputs, run, read its outputs; the memory of both is its own and serves every call. Not
 * for several threads at once. Closing frees it; the weights stay the caller's, to be closed later.
 */
public final class Session implements AutoCloseable {

  private final OrtSession session;
  private final Map<String, Slot> inputs = new LinkedHashMap<>();
  private final Map<String, Slot> outputs = new LinkedHashMap<>();

  private Session(OrtSession session, List<NamedType> inputs, List<NamedType> outputs) {
    this.session = session;
    inputs.forEach(input -> this.inputs.put(input.name(), new Slot(input)));
    outputs.forEach(output -> this.outputs.put(output.name(), new Slot(output)));
  }

  /** Loads a graph of our own; its weights are among those bound. */
  public static Session open(Engine engine, Graph graph, BoundWeights weights) {
    return open(engine, engine.target(), graph, weights);
  }

  /** As {@link #open(Engine, Graph, BoundWeights)}, with the graph written for another target than the engine's own: to compare. */
  public static Session open(Engine engine, Target target, Graph graph, BoundWeights weights) {
    Map<String, OnnxTensorLike> wanted = new LinkedHashMap<>();
    for (NamedType weight : graph.weights()) {
      OnnxTensorLike bound = weights.bound().get(weight.name());
      if (bound == null) {
        throw new InternalFault("The weight %s of the graph is not bound.".formatted(weight.name()));
      }
      wanted.put(weight.name(), bound);
    }
    byte[] onnx = engine.wantsLengths() ? graph.toOnnxWithLengths(target) : graph.toOnnx(target);
    return load(engine, onnx, graph.inputs(), graph.outputs(), wanted);
  }

  /**
   * Loads a graph that somebody else may have written, with its weights inside.
   *
   * @param inputs all of its inputs, of FLOAT or INT64
   * @param outputs those of its outputs that are wanted, of FLOAT
   * @throws RequestFault where it cannot be loaded, or its inputs and outputs are not these
   */
  public static Session open(Engine engine, byte[] onnx, List<NamedType> inputs, List<NamedType> outputs) {
    return load(engine, onnx, inputs, outputs, Map.of());
  }

  private static Session load(Engine engine, byte[] onnx, List<NamedType> inputs, List<NamedType> outputs,
      Map<String, OnnxTensorLike> weights) {
    try (SessionOptions options = OnnxRuntime.options(engine)) {
      bind(options, weights);
      OrtSession session = OnnxRuntime.environment().createSession(onnx, options);
      try {
        requirePorts("input", inputs, session.getInputInfo(), true);
        requirePorts("output", outputs, session.getOutputInfo(), false);
      } catch (RequestFault e) {
        session.close();
        throw e;
      }
      return new Session(session, inputs, outputs);
    } catch (OrtException e) {
      throw new RequestFault("The graph cannot be loaded on %s: %s; give another graph or engine".formatted(engine, e.getMessage()), e);
    }
  }

  /** Twice: the first lets the graph be optimised, and alone would have every weight copied; the second shares the memory. */
  private static void bind(SessionOptions options, Map<String, OnnxTensorLike> weights) throws OrtException {
    if (!weights.isEmpty()) {
      options.addExternalInitializers(weights);
    }
    for (Map.Entry<String, OnnxTensorLike> weight : weights.entrySet()) {
      options.addInitializer(weight.getKey(), weight.getValue());
    }
  }

  private static void requirePorts(String what, List<NamedType> wanted, Map<String, NodeInfo> found, boolean all) {
    for (NamedType port : wanted) {
      boolean fits = found.containsKey(port.name()) && found.get(port.name()).getInfo() instanceof TensorInfo info
          && info.type == Elements.java(port.type().element()) && info.getShape().length == port.type().shape().rank();
      if (!fits) {
        throw new RequestFault("The graph's %s %s must be %s, found %s; give a graph with the port names of this component".formatted(
            what, port.name(), port.type(), found.containsKey(port.name()) ? found.get(port.name()).getInfo() : found.keySet()));
      }
    }
    if (all && found.size() > wanted.size()) {
      throw new RequestFault("The graph has the %ss %s, and only %s are known here; give a graph with the port names of this component"
          .formatted(what, found.keySet(), wanted.stream().map(NamedType::name).toList()));
    }
  }

  /** Memory of a FLOAT input for this shape, to be filled; it holds the last call's values where the shape is the same. */
  public FloatBuffer floats(String input, long... shape) {
    return slot("input", inputs, input, ElementType.FLOAT).shaped(shape).asFloatBuffer();
  }

  /** Memory of an INT64 input for this shape, to be filled; it holds the last call's values where the shape is the same. */
  public LongBuffer longs(String input, long... shape) {
    return slot("input", inputs, input, ElementType.INT64).shaped(shape).asLongBuffer();
  }

  /** One call; every input has been filled. */
  public void run() {
    Map<String, Long> lengths = new HashMap<>();
    inputs.values().forEach(input -> input.noteLengths(lengths));
    outputs.values().forEach(output -> output.shapedFor(lengths));
    call(values(inputs), values(outputs));
  }

  private void call(Map<String, OnnxTensor> from, Map<String, OnnxTensor> into) {
    try (OrtSession.Result result = session.run(from, Set.of(), into)) {
      if (result.size() != into.size()) {
        throw new InternalFault("The graph gave %d outputs where %d were asked for.".formatted(result.size(), into.size()));
      }
    } catch (OrtException e) {
      throw new InternalFault("The graph failed in a run: %s".formatted(e.getMessage()), e);
    }
  }

  /**
   * One call on memory of the caller's in the place of this session's own.
   *
   * @param inputs all of them
   * @param results those outputs that are wanted, at least one; memory that is also an input must not be among them
   */
  public void run(Map<String, TensorMemory> inputs, Map<String, TensorMemory> results) {
    Map<String, OnnxTensor> values = new LinkedHashMap<>();
    inputs.forEach((name, memory) -> values.put(name, memory.value()));
    Map<String, OnnxTensor> pinned = new LinkedHashMap<>();
    results.forEach((name, memory) -> pinned.put(name, memory.value()));
    call(values, pinned);
  }

  private static Map<String, OnnxTensor> values(Map<String, Slot> slots) {
    Map<String, OnnxTensor> values = new LinkedHashMap<>();
    slots.forEach((name, slot) -> values.put(name, slot.value()));
    return values;
  }

  /** An output of the last call, to be read until the next. */
  public FloatBuffer output(String name) {
    return slot("output", outputs, name, ElementType.FLOAT).elements().asFloatBuffer().asReadOnlyBuffer();
  }

  /** A copy of an output of the last call. */
  public float[] values(String name) {
    FloatBuffer output = output(name);
    float[] values = new float[output.remaining()];
    output.get(values);
    return values;
  }

  /** The lengths of an output of the last call. */
  public long[] shapeOf(String output) {
    return slot("output", outputs, output, ElementType.FLOAT).shape();
  }

  /** The names and types of all inputs. */
  public Set<String> inputs() {
    return Set.copyOf(inputs.keySet());
  }

  /** The names of all outputs. */
  public Set<String> outputs() {
    return Set.copyOf(outputs.keySet());
  }

  private static Slot slot(String what, Map<String, Slot> slots, String name, ElementType element) {
    Slot slot = slots.get(name);
    if (slot == null || slot.element() != element) {
      throw new InternalFault("There is no %s %s of %s; there are %s.".formatted(what, name, element, slots.keySet()));
    }
    return slot;
  }

  @Override
  public void close() {
    inputs.values().forEach(Slot::close);
    outputs.values().forEach(Slot::close);
    try {
      session.close();
    } catch (OrtException e) {
      throw new InternalFault("ONNX Runtime cannot free a session: %s".formatted(e.getMessage()), e);
    }
  }
}
