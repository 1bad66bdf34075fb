package org.answerprint.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnxruntime.OrtException;
import org.answerprint.faults.InternalFault;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class PassesTest {

  private final Random random = new Random(11);

  /** A convolution, a resnet with a timestep and an attention block: one of each kind that passes treat differently. */
  static Graph network() {
    GraphBuilder g = GraphBuilder.create();
    Tensor x = g.input("sample", ElementType.FLOAT, 2, 3, 4, 6);
    Tensor t = g.input("timestep", ElementType.FLOAT, Shape.SCALAR);
    Tensor angles = g.multiply(g.constant(ElementType.FLOAT, Shape.of(1, 4), 1, 0.1, 0.01, 0.001), t);
    Tensor embedding = g.in("time").linear(g.concat(-1, g.cos(angles), g.sin(angles)), 8, true);
    Tensor h = g.in("conv_in").conv(x, 8, 3, 1, 1);
    GraphBuilder resnet = g.block("resnet");
    Tensor shifted = resnet.add(resnet.in("conv1").conv(resnet.silu(resnet.in("norm1").groupNorm(h, 4, 1e-5)), 8, 3, 1, 1),
        resnet.reshape(resnet.in("shift").linear(resnet.silu(embedding), 8, true), 1, 8, 1, 1));
    h = resnet.add(h, resnet.in("conv2").conv(resnet.silu(resnet.in("norm2").groupNorm(shifted, 4, 1e-5)), 8, 3, 1, 1));
    h = attention(g.block("transformer"), h);
    g.output("out_sample", g.in("conv_out").conv(g.silu(g.in("norm_out").groupNorm(h, 4, 1e-5)), 3, 3, 1, 1));
    return g.build();
  }

  private static Tensor attention(GraphBuilder g, Tensor x) {
    Tensor tokens = g.transpose(g.reshape(x, 0, 0, -1), 0, 2, 1);
    Tensor n = g.in("norm").layerNorm(tokens, 1e-5);
    Tensor y = g.attention(g.in("to_q").linear(n, 8, false), g.in("to_k").linear(n, 8, false), g.in("to_v").linear(n, 8, false), 2);
    Tensor out = g.add(tokens, g.in("to_out.0").linear(y, 8, true));
    return g.reshape(g.transpose(out, 0, 2, 1), x.shape());
  }

  private Map<String, Numeric> values(Graph graph) {
    Map<String, Numeric> values = new HashMap<>();
    List<NamedType> all = new ArrayList<>(graph.inputs());
    all.addAll(graph.weights());
    all.forEach(named -> values.put(named.name(), Numeric.random(random, named.type().shape().sizes())));
    return values;
  }

  @Test
  void leavesTheOutputAloneWhileAnAdaptersSecondFactorIsZero() throws OrtException {
    Graph plain = network();
    Map<String, Lora.Adapter> adapters = Map.of("transformer.to_q", new Lora.Adapter(2, 4), "transformer.to_out.0", new Lora.Adapter(3, 3));
    Graph adapted = Lora.asInputs(plain, adapters);
    assertThat(adapted.inputs()).extracting(NamedType::name).containsExactlyInAnyOrder("sample", "timestep",
        "lora.transformer.to_q.A", "lora.transformer.to_q.B", "lora.transformer.to_out.0.A", "lora.transformer.to_out.0.B");
    Map<String, Numeric> values = values(adapted);
    Numeric before = Loaded.run(plain, Target.CPU, values).get("out_sample");
    assertThat(Loaded.run(adapted, Target.CPU, values).get("out_sample").relativeErrorTo(before)).isGreaterThan(1e-3);
    adapters.keySet().forEach(path -> values.computeIfPresent(Lora.inputB(path),
        (name, b) -> new Numeric(b.shape(), new double[b.values().length])));
    assertThat(Loaded.run(adapted, Target.CPU, values).get("out_sample").relativeErrorTo(before)).isLessThan(1e-6);
  }

  @Test
  void addsTheScaledProductOfAnAdapter() throws OrtException {
    GraphBuilder g = GraphBuilder.create();
    g.output("y", g.in("l").linear(g.input("x", ElementType.FLOAT, 1, 2), 1, false));
    Graph adapted = Lora.asInputs(g.build(), Map.of("l", new Lora.Adapter(1, 3)));
    Map<String, Numeric> values = Map.of("x", Numeric.of(new long[] {1, 2}, 1, 2), "l.weight", Numeric.of(new long[] {1, 2}, 10, 100),
        "lora.l.A", Numeric.of(new long[] {1, 2}, 5, 7), "lora.l.B", Numeric.of(new long[] {1, 1}, 2));
    assertThat(Loaded.run(adapted, Target.CPU, values).get("y").values()).containsExactly(210 + 3 * 2 * (5 + 14));
    assertThatThrownBy(() -> Lora.asInputs(adapted, Map.of("m", new Lora.Adapter(1, 1)))).isInstanceOf(InternalFault.class)
        .hasMessageContaining("no linear layer m").hasMessageContaining("[l]");
  }

  @Test
  void givesLossAndGradientsOfAllWeightsWithAndWithoutRecompute() throws OrtException {
    Graph network = network();
    List<String> trained = network.weights().stream().map(NamedType::name).toList();
    Graph kept = TrainingGraph.of(network, "out_sample", trained, Recompute.NOTHING);
    Graph again = TrainingGraph.of(network, "out_sample", trained, Recompute.BLOCKS);
    Map<String, Numeric> values = values(kept);
    Map<String, Numeric> expected = Loaded.run(kept, Target.STANDARD, values);
    Map<String, Numeric> found = Loaded.run(again, Target.CPU, values);
    assertThat(found.keySet()).hasSize(trained.size() + 1).isEqualTo(expected.keySet());
    expected.forEach((name, value) -> assertThat(found.get(name).relativeErrorTo(value)).as(name).isLessThan(2e-5));
    assertThat(again.size()).isGreaterThan(kept.size());
  }

  @Test
  void recomputesInTheRuntimeToo() throws Exception {
    Graph network = network();
    List<String> trained = network.weights().stream().map(NamedType::name).toList();
    Map<String, Numeric> values = values(network);
    // What the backward pass needs of the blocks is there once more after all of the runtime's optimisations: the resnet's first
    // convolution (the second one's output is not needed) and the attention.
    Graph kept = TrainingGraph.of(network, "out_sample", trained, Recompute.NOTHING);
    Graph again = TrainingGraph.of(network, "out_sample", trained, Recompute.BLOCKS);
    assertThat(optimised(again, values, "Conv")).isEqualTo(optimised(kept, values, "Conv") + 1);
    assertThat(optimised(again, values, "MultiHeadAttention")).isEqualTo(optimised(kept, values, "MultiHeadAttention") + 1);
  }

  private static long optimised(Graph graph, Map<String, Numeric> values, String operator) throws Exception {
    Path file = Files.createTempFile("optimised", ".onnx");
    try (Loaded _ = new Loaded(graph, Target.CPU, values, file)) {
      ModelProto model = ModelProto.parseFrom(Files.readAllBytes(file));
      return model.getGraph().getNodeList().stream().filter(node -> node.getOpType().equals(operator)).count();
    } finally {
      Files.delete(file);
    }
  }

  @Test
  void givesTheGradientsThatDifferencesOfTheLossShow() throws OrtException {
    Graph adapted = Lora.asInputs(network(), Map.of("transformer.to_v", new Lora.Adapter(2, 2)));
    List<String> trained = List.of("lora.transformer.to_v.A", "conv_in.weight", "norm_out.bias");
    Graph training = TrainingGraph.of(adapted, "out_sample", trained, Recompute.BLOCKS);
    Map<String, Numeric> values = new HashMap<>(values(training));
    Map<String, Numeric> found = Loaded.run(training, Target.CPU, values);
    for (String name : trained) {
      Numeric at = values.get(name);
      Numeric direction = Numeric.random(random, at.shape());
      double expected = 0;
      for (int i = 0; i < at.values().length; i++) {
        expected += found.get("grad." + name).values()[i] * direction.values()[i];
      }
      double step = 1e-3;
      double above = loss(training, values, name, at, direction, step);
      double below = loss(training, values, name, at, direction, -step);
      assertThat((above - below) / (2 * step)).as(name).isCloseTo(expected, Percentage.withPercentage(1));
    }
  }

  private static double loss(Graph training, Map<String, Numeric> values, String name, Numeric at, Numeric direction, double step)
      throws OrtException {
    double[] moved = at.values().clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += step * direction.values()[i];
    }
    Map<String, Numeric> changed = new HashMap<>(values);
    changed.put(name, new Numeric(at.shape(), moved));
    return Loaded.run(training.withOutputs("loss"), Target.CPU, changed).get("loss").values()[0];
  }

  @Test
  void takesWeightsAsInputs() throws OrtException {
    Graph network = network();
    Graph open = TrainedWeights.asInputs(network, Set.of("conv_in.weight", "resnet.norm1.bias"));
    assertThat(open.inputs()).extracting(NamedType::name).contains("conv_in.weight", "resnet.norm1.bias");
    assertThat(open.weights()).hasSize(network.weights().size() - 2);
    Map<String, Numeric> values = values(open);
    assertThat(Loaded.run(open, Target.CPU, values).get("out_sample")
        .relativeErrorTo(Loaded.run(network, Target.CPU, values).get("out_sample"))).isLessThan(1e-6);
  }

  @Test
  void worksInHalfPrecisionWithIslandsOfFloat() throws OrtException {
    Graph network = network();
    Graph half = HalfPrecision.of(network);
    assertThat(half.inputs()).isEqualTo(network.inputs());
    assertThat(half.outputs()).isEqualTo(network.outputs());
    Map<String, ElementType> types = new HashMap<>();
    half.weights().forEach(weight -> types.put(weight.name(), weight.type().element()));
    assertThat(types).hasSize(network.weights().size()).containsEntry("conv_in.weight", ElementType.FLOAT16)
        .containsEntry("transformer.to_q.weight", ElementType.FLOAT16).containsEntry("resnet.norm1.weight", ElementType.FLOAT)
        .containsEntry("transformer.norm.bias", ElementType.FLOAT);
    Map<String, Numeric> values = values(network);
    values.put("timestep", Numeric.of(981));
    Numeric expected = Loaded.run(network, Target.STANDARD, values).get("out_sample");
    double error = Loaded.run(half, Target.STANDARD, values).get("out_sample").relativeErrorTo(expected);
    assertThat(error).isBetween(1e-6, 2e-2);
  }

  @Test
  void givesGradientsInHalfPrecisionCloseToThoseInFloat() throws OrtException {
    Graph network = Lora.asInputs(network(), Map.of("transformer.to_k", new Lora.Adapter(2, 2)));
    List<String> trained = List.of("lora.transformer.to_k.A", "lora.transformer.to_k.B");
    Graph training = TrainingGraph.of(network, "out_sample", trained, Recompute.NOTHING);
    Graph half = TrainingGraph.of(HalfPrecision.of(network), "out_sample", trained, Recompute.BLOCKS);
    assertThat(half.outputs()).isEqualTo(training.outputs());
    Map<String, Numeric> values = values(training);
    Map<String, Numeric> expected = Loaded.run(training, Target.STANDARD, values);
    Map<String, Numeric> found = Loaded.run(half, Target.STANDARD, values);
    expected.forEach((name, value) -> assertThat(found.get(name).relativeErrorTo(value)).as(name).isLessThan(5e-2));
  }

  @Test
  void putsSiluInsideGroupNormalisationWhereNothingElseReadsBetween() {
    Graph fused = Fusion.groupNormWithSilu(network());
    assertThat(fused.nodes()).filteredOn(node -> node.operator() instanceof GroupNorm).hasSize(3)
        .allMatch(node -> ((GroupNorm) node.operator()).silu());
    GraphBuilder g = GraphBuilder.create();
    Tensor norm = g.in("n").groupNorm(g.input("x", ElementType.FLOAT, 1, 4, 2, 2), 2, 1e-5);
    g.output("y", g.add(norm, g.silu(norm)));
    assertThat(Fusion.groupNormWithSilu(g.build()).nodes()).filteredOn(node -> node.operator() instanceof GroupNorm)
        .noneMatch(node -> ((GroupNorm) node.operator()).silu());
  }

  @Test
  void writesTheFusedKernelsOfEachTarget() {
    assertThat(kernels(network(), Target.STANDARD)).contains("GroupNormalization", "LayerNormalization")
        .doesNotContain("com.microsoft.MultiHeadAttention", "com.microsoft.GroupNorm");
    assertThat(kernels(network(), Target.CPU)).contains("com.microsoft.MultiHeadAttention", "InstanceNormalization")
        .doesNotContain("com.microsoft.GroupNorm", "GroupNormalization", "LayerNormalization");
    assertThat(kernels(network(), Target.CUDA)).contains("com.microsoft.MultiHeadAttention", "com.microsoft.GroupNorm");
  }

  private static List<String> kernels(Graph graph, Target target) {
    return Lowering.lower(graph, target).nodes().stream().filter(node -> node.operator() instanceof Kernel)
        .map(node -> (Kernel) node.operator())
        .map(kernel -> kernel.domain().isEmpty() ? kernel.name() : kernel.domain() + "." + kernel.name()).toList();
  }

  @Test
  void stepsAsPyTorchsAdamWDoes() throws OrtException {
    TensorType type = new TensorType(ElementType.FLOAT, Shape.of(3));
    AdamW.Settings settings = new AdamW.Settings(0.9, 0.999, 1e-8, 0.01, OptionalDouble.of(1));
    Graph graph = AdamW.of(List.of(new NamedType("p", type), new NamedType("q", type)), settings);
    Map<String, Numeric> state = new HashMap<>();
    for (String name : List.of("p", "q")) {
      state.put(name, Numeric.random(random, 3));
      state.put(AdamW.moment1(name), new Numeric(new long[] {3}, new double[3]));
      state.put(AdamW.moment2(name), new Numeric(new long[] {3}, new double[3]));
    }
    Map<String, double[]> reference = new HashMap<>();
    state.forEach((name, value) -> reference.put(name, value.values().clone()));
    try (Loaded loaded = new Loaded(graph, Target.CPU, Map.of())) {
      for (int step = 1; step <= 4; step++) {
        // The first two steps are clipped, the others are not.
        double size = step <= 2 ? 3 : 0.01;
        state.put(AdamW.LEARNING_RATE, Numeric.of(0.1));
        state.put(AdamW.STEP, Numeric.of(step));
        for (String name : List.of("p", "q")) {
          state.put("grad." + name, new Numeric(new long[] {3}, random.doubles(3, -size, size).toArray()));
        }
        double norm = reference(reference, state, step);
        Map<String, Numeric> found = loaded.run(state);
        assertThat(found.get(AdamW.GRADIENT_NORM).values()[0]).isCloseTo(norm, Offset.offset(1e-6));
        for (String name : List.of("p", "q", "moment1.p", "moment2.q")) {
          Numeric wanted = new Numeric(new long[] {3}, reference.get(name));
          assertThat(found.get("next." + name).relativeErrorTo(wanted)).as("%s at step %d", name, step).isLessThan(2e-6);
        }
        found.forEach((name, value) -> state.computeIfPresent(name.replace("next.", ""), (key, old) -> value));
      }
    }
  }

  /** The same in double, line by line as torch.optim states it; gives the norm before clipping. */
  private static double reference(Map<String, double[]> state, Map<String, Numeric> inputs, int step) {
    double squares = 0;
    for (String name : List.of("p", "q")) {
      for (double value : inputs.get("grad." + name).values()) {
        squares += value * value;
      }
    }
    double norm = Math.sqrt(squares);
    double coefficient = Math.min(1, 1 / (norm + 1e-6));
    for (String name : List.of("p", "q")) {
      for (int i = 0; i < 3; i++) {
        double gradient = inputs.get("grad." + name).values()[i] * coefficient;
        double[] first = state.get("moment1." + name);
        double[] second = state.get("moment2." + name);
        first[i] = 0.9 * first[i] + 0.1 * gradient;
        second[i] = 0.999 * second[i] + 0.001 * gradient * gradient;
        double deviation = Math.sqrt(second[i]) / Math.sqrt(1 - Math.pow(0.999, step)) + 1e-8;
        state.get(name)[i] = state.get(name)[i] * (1 - 0.1 * 0.01) - 0.1 / (1 - Math.pow(0.9, step)) * first[i] / deviation;
      }
    }
    return norm;
  }
}
