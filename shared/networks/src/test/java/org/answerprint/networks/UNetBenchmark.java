package org.answerprint.networks;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.answerprint.graph.ElementType;
import org.answerprint.graph.Graph;
import org.answerprint.graph.GraphBuilder;
import org.answerprint.graph.Lora;
import org.answerprint.graph.NamedType;
import org.answerprint.graph.Recompute;
import org.answerprint.graph.Target;
import org.answerprint.graph.TrainingGraph;
import org.answerprint.runtime.BoundWeights;
import org.answerprint.runtime.Engine;
import org.answerprint.runtime.Session;
import org.answerprint.weights.Shape;
import org.answerprint.weights.Tensor;
import org.answerprint.weights.TensorSpec;
import org.answerprint.weights.Tensors;

/**
 * Time and peak memory of a UNet of Stable Diffusion 1.5's size with random weights, batch 1, FLOAT: one variant per process, since
 * a process's peak never falls. Arguments: {@code forward}, {@code fusion} (the forward pass, and in turn with it the one in
 * standard operators), {@code gradient} of the sample, or {@code lora} (a training step, rank 16 at every attention); side of the
 * latent (64); calls (3); threads (1); what is spared ({@code nothing}), see {@link Engine.Spared}; {@code BLOCKS} or {@code NOTHING}.
 */
public final class UNetBenchmark {

  private static final String CONFIG = """
      {"_class_name": "UNet2DConditionModel", "attention_head_dim": 8, "block_out_channels": [320, 640, 1280, 1280],
       "down_block_types": ["CrossAttnDownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D", "DownBlock2D"],
       "up_block_types": ["UpBlock2D", "CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "CrossAttnUpBlock2D"],
       "cross_attention_dim": 768, "layers_per_block": 2}
      """;

  private UNetBenchmark() {}

  public static void main(String[] arguments) throws IOException {
    String variant = arguments[0];
    long side = arguments.length > 1 ? Long.parseLong(arguments[1]) : 64;
    int calls = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 3;
    Engine.Spared spared = arguments.length > 4 ? Engine.Spared.valueOf(arguments[4].toUpperCase(Locale.ROOT)) : Engine.Spared.NOTHING;
    Engine.Cpu engine = new Engine.Cpu(arguments.length > 3 ? Integer.parseInt(arguments[3]) : 1, spared);
    Recompute recompute = arguments.length > 5 ? Recompute.valueOf(arguments[5]) : Recompute.BLOCKS;
    UNet2DCondition unet = Layouts.unet(CONFIG);
    Graph forward = unet.graph(UNet2DCondition.Options.of(side, side).rows(1));
    double rate = gemmRate(engine);
    try (Tensors weights = weights(forward.weights()); BoundWeights bound = BoundWeights.of(weights, forward.weights())) {
      long started = System.nanoTime();
      Graph graph = graph(forward, variant, recompute);
      try (Session session = Session.open(engine, graph, bound)) {
        double loading = seconds(started);
        double[] times = variant.equals("fusion") ? besideStandard(session, engine, graph, bound, calls) : times(session, graph, calls);
        double operations = operations(unet, forward.weights(), side);
        System.out.printf("%s %s: side %d, %s, %d operators, loaded in %.1f s, a call %.2f s (best %.2f), peak %.2f GB of which"
                + " weights %.2f; GEMM %.0f GFLOP/s, the forward pass's %.0f GFLOP in the best time are %.0f %% of it%n",
            variant, recompute, side, engine, graph.size(), loading, times[calls / 2], times[0], status("VmHWM") / 1e6,
            weights.bytes() / 1e9, rate, operations, 100 * operations / times[0] / rate);
      }
    }
  }

  private static double[] besideStandard(Session fused, Engine engine, Graph graph, BoundWeights bound, int calls) {
    try (Session standard = Session.open(engine, Target.STANDARD, graph, bound)) {
      double[] ours = new double[calls];
      double[] theirs = new double[calls];
      for (int call = 0; call < calls; call++) {
        theirs[call] = times(standard, graph, 1)[0];
        ours[call] = times(fused, graph, 1)[0];
      }
      Arrays.sort(ours);
      Arrays.sort(theirs);
      System.out.printf("in standard operators a call %.2f s (best %.2f)%n", theirs[calls / 2], theirs[0]);
      return ours;
    }
  }

  /** Seconds of each call, the shortest first. */
  private static double[] times(Session session, Graph graph, int calls) {
    double[] times = new double[calls];
    for (int call = 0; call < calls; call++) {
      fill(session, graph);
      long started = System.nanoTime();
      session.run();
      times[call] = seconds(started);
    }
    Arrays.sort(times);
    return times;
  }

  private static Graph graph(Graph forward, String variant, Recompute recompute) {
    return switch (variant) {
      case "forward", "fusion" -> forward;
      case "gradient" -> InputGradients.of(forward, List.of("out_sample"), List.of("sample"), recompute);
      case "lora" -> {
        Map<String, Lora.Adapter> adapters = new LinkedHashMap<>();
        Lora.layers(forward).keySet().stream().filter(path -> path.matches(".*attn[12].to_(q|k|v|out.0)"))
            .forEach(path -> adapters.put(path, new Lora.Adapter(16, 16)));
        Graph adapted = Lora.asInputs(forward, adapters);
        List<String> trained = adapted.inputs().stream().map(NamedType::name).filter(name -> name.startsWith("lora.")).toList();
        yield TrainingGraph.of(adapted, "out_sample", trained, recompute);
      }
      default -> throw new IllegalArgumentException(variant);
    };
  }

  private static void fill(Session session, Graph graph) {
    Random random = new Random(1);
    for (NamedType input : graph.inputs()) {
      long[] shape = input.type().shape().sizes();
      session.floats(input.name(), shape).put(Numbers.random(random, shape).values());
    }
  }

  /** Uniform numbers at which signals keep their size. */
  private static Tensors weights(List<NamedType> wanted) {
    Arena arena = Arena.ofShared();
    List<Tensor> tensors = new ArrayList<>();
    long state = 1;
    float[] some = new float[(1 << 16) - 3];
    MemorySegment noise = MemorySegment.ofArray(some);
    for (NamedType weight : wanted) {
      Shape shape = Shape.of(weight.type().shape().sizes());
      boolean norm = shape.rank() == 1 && weight.name().endsWith("weight");
      float scale = (float) (shape.rank() < 2 ? 0.1 : Math.sqrt(3.0 * shape.toArray()[0] / shape.elements()));
      MemorySegment memory = arena.allocate(shape.elements() * Float.BYTES, Long.BYTES);
      for (int i = 0; i < some.length; i++) {
        state = state * 6364136223846793005L + 1442695040888963407L;
        some[i] = (norm ? 1 : 0) + scale * ((state >> 40) * 0x1p-23f);
      }
      for (long done = 0; done < memory.byteSize(); done += noise.byteSize()) {
        MemorySegment.copy(noise, 0, memory, done, Math.min(noise.byteSize(), memory.byteSize() - done));
      }
      tensors.add(new Tensor(new TensorSpec(weight.name(), org.answerprint.weights.ElementType.FLOAT32, shape), memory));
    }
    return Tensors.of("random weights", tensors, arena);
  }

  /** What a product of two large matrices reaches in the same process, in GFLOP/s. */
  private static double gemmRate(Engine engine) {
    int n = 1536;
    GraphBuilder g = GraphBuilder.create();
    g.output("c", g.matMul(g.input("a", ElementType.FLOAT, n, n), g.input("b", ElementType.FLOAT, n, n)));
    double best = 0;
    try (Session session = Session.open(engine, g.build(), BoundWeights.none())) {
      session.floats("a", n, n).put(new float[n * n]);
      session.floats("b", n, n).put(new float[n * n]);
      for (int call = 0; call < 8; call++) {
        long started = System.nanoTime();
        session.run();
        best = Math.max(best, 2e-9 * n * n * n / seconds(started));
      }
    }
    return best;
  }

  /** GFLOP of all convolutions, linear layers and attentions of one forward pass. */
  private static double operations(UNet2DCondition unet, List<NamedType> weights, long side) {
    double sum = 0;
    for (NamedType weight : weights) {
      if (weight.type().shape().rank() >= 2) {
        sum += 2.0 * weight.type().shape().elements().value() * places(unet, weight.name(), side);
      }
    }
    for (AttentionLayer layer : unet.attentionLayers()) {
      long tokens = layer.tokens(side, side);
      sum += 4.0 * tokens * (tokens + UNet2DCondition.Options.CLIP_TOKENS) * layer.channels();
    }
    return sum / 1e9;
  }

  private static long places(UNet2DCondition unet, String name, long side) {
    if (name.contains("time_emb")) {
      return 1;
    }
    if (name.contains("attn2.to_k") || name.contains("attn2.to_v")) {
      return UNet2DCondition.Options.CLIP_TOKENS;
    }
    int last = unet.blockOutChannels().size() - 1;
    int level = name.startsWith("mid") ? last : 0;
    if (name.startsWith("down_blocks.") || name.startsWith("up_blocks.")) {
      int block = Integer.parseInt(name.split("\\.")[1]);
      level = name.startsWith("down") ? block : last - block;
      level += name.contains("downsamplers") ? 1 : name.contains("upsamplers") ? -1 : 0;
    }
    long length = AttentionLayer.halved(side, level);
    return length * length;
  }

  private static double seconds(long started) {
    return (System.nanoTime() - started) / 1e9;
  }

  private static long status(String field) throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream().filter(line -> line.startsWith(field + ":"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", ""))).findFirst().orElseThrow();
  }
}
