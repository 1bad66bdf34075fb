package org.answerprint.graph;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxTensorLike;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;

/** A graph in ONNX Runtime's CPU provider, on one thread unless asked otherwise, weights bound by name. */
final class Loaded implements AutoCloseable {

  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final Graph graph;
  private final Map<String, OnnxTensorLike> weights = new HashMap<>();
  private final OrtSession session;

  Loaded(Graph graph, Target target, Map<String, Numeric> weights) throws OrtException {
    this(graph, target, weights, 1);
  }

  Loaded(Graph graph, Target target, Map<String, Numeric> weights, int threads) throws OrtException {
    this(graph, target, weights, options -> options.setIntraOpNumThreads(threads));
  }

  /** Leaves what the runtime made of the graph in a file. */
  Loaded(Graph graph, Target target, Map<String, Numeric> weights, Path optimised) throws OrtException {
    this(graph, target, weights, options -> options.setOptimizedModelFilePath(optimised.toString()));
  }

  private interface Setting {
    void apply(OrtSession.SessionOptions options) throws OrtException;
  }

  private Loaded(Graph graph, Target target, Map<String, Numeric> weights, Setting setting) throws OrtException {
    this.graph = graph;
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
      setting.apply(options);
      for (NamedType weight : graph.weights()) {
        this.weights.put(weight.name(), tensor(weight.type().element(), weights.get(weight.name())));
      }
      options.addExternalInitializers(this.weights);
      for (Map.Entry<String, OnnxTensorLike> weight : this.weights.entrySet()) {
        options.addInitializer(weight.getKey(), weight.getValue());
      }
      session = environment.createSession(graph.toOnnx(target), options);
    }
  }

  static Map<String, Numeric> run(Graph graph, Target target, Map<String, Numeric> values) throws OrtException {
    try (Loaded loaded = new Loaded(graph, target, values)) {
      return loaded.run(values);
    }
  }

  Map<String, Numeric> run(Map<String, Numeric> values) throws OrtException {
    Map<String, OnnxTensor> inputs = new HashMap<>();
    for (NamedType input : graph.inputs()) {
      inputs.put(input.name(), tensor(input.type().element(), values.get(input.name())));
    }
    Map<String, Numeric> outputs = new LinkedHashMap<>();
    try (OrtSession.Result result = session.run(inputs)) {
      for (NamedType output : graph.outputs()) {
        outputs.put(output.name(), numeric((OnnxTensor) result.get(output.name()).orElseThrow(), output.type().element()));
      }
    } finally {
      inputs.values().forEach(OnnxTensor::close);
    }
    return outputs;
  }

  /** How long one call takes, without the copies from and to Java. */
  double milliseconds(Map<String, Numeric> values) throws OrtException {
    Map<String, OnnxTensor> inputs = new HashMap<>();
    for (NamedType input : graph.inputs()) {
      inputs.put(input.name(), tensor(input.type().element(), values.get(input.name())));
    }
    long start = System.nanoTime();
    try (OrtSession.Result _ = session.run(inputs)) {
      return (System.nanoTime() - start) / 1e6;
    } finally {
      inputs.values().forEach(OnnxTensor::close);
    }
  }

  private OnnxTensor tensor(ElementType element, Numeric numeric) throws OrtException {
    TensorType flat = new TensorType(element, Shape.of(numeric.values().length));
    ByteBuffer data = Numbers.bytes(flat, numeric.values());
    ByteBuffer direct = ByteBuffer.allocateDirect(data.remaining()).order(ByteOrder.nativeOrder()).put(data).flip();
    return OnnxTensor.createTensor(environment, direct, numeric.shape(), javaType(element));
  }

  private static OnnxJavaType javaType(ElementType element) {
    return switch (element) {
      case FLOAT -> OnnxJavaType.FLOAT;
      case DOUBLE -> OnnxJavaType.DOUBLE;
      case FLOAT16 -> OnnxJavaType.FLOAT16;
      case INT32 -> OnnxJavaType.INT32;
      case INT64 -> OnnxJavaType.INT64;
      case BOOL -> OnnxJavaType.BOOL;
    };
  }

  private static Numeric numeric(OnnxTensor tensor, ElementType element) {
    long[] shape = tensor.getInfo().getShape();
    ByteBuffer data = tensor.getByteBuffer().order(ByteOrder.nativeOrder());
    double[] values = new double[data.remaining() / element.bytes()];
    for (int i = 0; i < values.length; i++) {
      values[i] = switch (element) {
        case FLOAT -> data.getFloat();
        case DOUBLE -> data.getDouble();
        case FLOAT16 -> Float.float16ToFloat(data.getShort());
        case INT32 -> data.getInt();
        case INT64 -> data.getLong();
        case BOOL -> data.get();
      };
    }
    return new Numeric(shape, values);
  }

  @Override
  public void close() throws OrtException {
    session.close();
    weights.values().forEach(tensor -> ((OnnxTensor) tensor).close());
  }
}
