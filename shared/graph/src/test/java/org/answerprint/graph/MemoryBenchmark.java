package org.answerprint.graph;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxTensorLike;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;

/**
 * Time and peak memory of one call through a chain of resnets and self-attention: forward, the gradient of the input or of all
 * weights, everything kept or recomputed by blocks. One variant per process, since allocators keep what they once
 * had (Linux: the peak is read from /proc).
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
    try (Session session = new Session(graph)) {
      Files.writeString(Path.of("/proc/self/clear_refs"), "5");
      long before = status("VmRSS");
      double milliseconds = session.run();
      System.out.printf("%s %s: %d nodes, %.0f MB of weights, %.0f MB when loaded, %.0f MB more at the peak, %.0f ms%n", arguments[0],
          recompute, graph.size(), session.weightBytes() / 1e6, before / 1e3, (status("VmHWM") - before) / 1e3, milliseconds);
    }
  }

  /** Straight to native memory: numbers on the heap would blur what is measured. */
  private static final class Session implements AutoCloseable {
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final Random random = new Random(3);
    private final Map<String, OnnxTensor> inputs = new HashMap<>();
    private final Map<String, OnnxTensorLike> weights = new HashMap<>();
    private final OrtSession session;

    Session(Graph graph) throws OrtException {
      try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
        options.setIntraOpNumThreads(1);
        options.setCPUArenaAllocator(false);
        options.setMemoryPatternOptimization(false);
        for (NamedType input : graph.inputs()) {
          inputs.put(input.name(), random(input.type()));
        }
        for (NamedType weight : graph.weights()) {
          weights.put(weight.name(), random(weight.type()));
        }
        options.addExternalInitializers(weights);
        for (Map.Entry<String, OnnxTensorLike> weight : weights.entrySet()) {
          options.addInitializer(weight.getKey(), weight.getValue());
        }
        session = environment.createSession(graph.toOnnx(Target.CPU), options);
      }
    }

    private OnnxTensor random(TensorType type) throws OrtException {
      int count = Math.toIntExact(type.shape().elements().value());
      FloatBuffer data = ByteBuffer.allocateDirect(count * 4).order(ByteOrder.nativeOrder()).asFloatBuffer();
      while (data.hasRemaining()) {
        data.put(random.nextFloat() - 0.5f);
      }
      return OnnxTensor.createTensor(environment, data.flip(), type.shape().sizes());
    }

    long weightBytes() {
      return weights.values().stream().mapToLong(weight -> weight.getInfo().getNumElements() * 4).sum();
    }

    double run() throws OrtException {
      long start = System.nanoTime();
      try (OrtSession.Result _ = session.run(inputs)) {
        return (System.nanoTime() - start) / 1e6;
      }
    }

    @Override
    public void close() throws OrtException {
      session.close();
    }
  }

  private static long status(String field) throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream().filter(line -> line.startsWith(field + ":"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", ""))).findFirst().orElseThrow();
  }
}
