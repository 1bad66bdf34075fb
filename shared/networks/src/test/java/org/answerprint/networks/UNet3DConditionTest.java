package org.answerprint.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.answerprint.faults.RequestFault;
import org.answerprint.graph.Dim;
import org.answerprint.graph.Graph;
import org.answerprint.graph.HalfPrecision;
import org.answerprint.graph.Lora;
import org.answerprint.graph.NamedType;
import org.answerprint.graph.Recompute;
import org.answerprint.graph.TrainedWeights;
import org.answerprint.graph.TrainingGraph;
import org.answerprint.weights.Tensors;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UNet3DConditionTest {

  private static final Fixture FIXTURE = new Fixture("video");
  private static final UNet3DCondition NETWORK = UNet3DCondition.of(FIXTURE.config("unet"));

  /** Inputs under the names of ports; every frame sees every other, and convolutions along time are on. */
  private static Map<String, Numbers> inputs(Tensors golden) {
    Map<String, Numbers> inputs = new HashMap<>();
    golden.all().stream().filter(tensor -> tensor.type().isFloat()).forEach(tensor -> inputs.put(tensor.name(), Numbers.of(tensor)));
    inputs.put("timestep", Numbers.scalar(golden.get("timestep")));
    return open(inputs);
  }

  private static Map<String, Numbers> open(Map<String, Numbers> inputs) {
    long frames = inputs.get("sample").shape()[2];
    inputs.put("temporal_mask", Numbers.zeros(frames, frames));
    inputs.put("temporal_gate", Numbers.scalar(1));
    inputs.put("loss_weight", Numbers.scalar(1));
    return inputs;
  }

  private static ClipSize size(Map<String, Numbers> inputs) {
    long[] sample = inputs.get("sample").shape();
    return ClipSize.of(sample[0], sample[2], sample[3], sample[4]);
  }

  @Test
  void wantsExactlyTheTensorsOfTheFile() {
    GoldenTest.requireExactly(NETWORK, FIXTURE.weights("unet"));
  }

  @Test
  void predictsTheNoiseThatTheReferencePredicts() {
    try (Tensors golden = FIXTURE.golden("unet_video"); Tensors weights = FIXTURE.weights("unet");
        Trial trial = Trial.of(NETWORK.graph(new ClipSize(Dim.of("B"), 5, 16, 24, 77), Set.of()), weights)) {
      Numbers found = trial.run(inputs(golden)).get("out_sample");
      assertThat(found.errorTo(Numbers.of(golden.get("noise_pred")))).isLessThan(1e-5);
    }
  }

  /**
   * Of one frame, queries and keys along time have no gradient: the reference's is rounding. So what a gradient misses is held
   * against the largest one where it is itself nothing beside that.
   */
  @ParameterizedTest
  @CsvSource({"finetune_clip, NOTHING", "finetune_frames, BLOCKS"})
  void givesTheGradientsOfWeightsThatTheReferenceGives(String file, Recompute recompute) {
    try (Tensors golden = FIXTURE.golden(file); Tensors weights = FIXTURE.weights("unet")) {
      Map<String, Numbers> inputs = inputs(golden);
      List<String> gradients = golden.names().stream().filter(name -> name.startsWith("grad.")).toList();
      double largest = gradients.stream().mapToDouble(name -> norm(inputs.get(name))).max().orElseThrow();
      Graph training = TrainingGraph.of(NETWORK.graph(size(inputs), Set.of()), "out_sample",
          gradients.stream().map(name -> name.substring("grad.".length())).toList(), recompute);
      try (Trial trial = Trial.of(training, weights)) {
        Map<String, Numbers> found = trial.run(inputs);
        float loss = golden.get("loss").toFloats()[0];
        assertThat((double) found.get("loss").values()[0]).isBetween(loss * (1 - 1e-5), loss * (1 + 1e-5));
        assertThat(gradients).hasSizeGreaterThan(50).allSatisfy(name -> {
          double missed = norm(found.get(name).plus(inputs.get(name), -1));
          assertThat(missed / Math.max(norm(inputs.get(name)), 1e-3 * largest)).isLessThan(1e-4);
        });
      }
    }
  }

  private static double norm(Numbers numbers) {
    return Math.sqrt(numbers.dot(numbers));
  }

  /** With G the gradient of W, that of W + s B A is s G A^T in B and s B^T G in A. */
  @Test
  void givesTheGradientsOfAdaptersThatFollowFromThoseOfWeights() {
    try (Tensors golden = FIXTURE.golden("finetune_clip"); Tensors weights = FIXTURE.weights("unet")) {
      Map<String, Numbers> inputs = inputs(golden);
      String path = "up_blocks.1.temp_attentions.0.transformer_blocks.0.attn1.to_out.0";
      Random random = new Random(1);
      Numbers a = Numbers.random(random, 3, 32);
      inputs.put(Lora.inputA(path), a);
      inputs.put(Lora.inputB(path), Numbers.zeros(32, 3));
      Graph adapted = Lora.asInputs(NETWORK.graph(size(inputs), Set.of()), Map.of(path, new Lora.Adapter(3, 6)));
      Graph training = TrainingGraph.of(adapted, "out_sample", List.of(Lora.inputA(path), Lora.inputB(path)), Recompute.BLOCKS);
      try (Trial trial = Trial.of(training, weights)) {
        Map<String, Numbers> found = trial.run(inputs);
        assertThat(norm(found.get("grad." + Lora.inputA(path)))).isZero();
        Numbers wanted = timesTransposed(inputs.get("grad." + path + ".weight"), a, 2);
        assertThat(found.get("grad." + Lora.inputB(path)).errorTo(wanted)).isLessThan(1e-4);
      }
    }
  }

  private static Numbers timesTransposed(Numbers g, Numbers a, double scale) {
    int rows = (int) g.shape()[0];
    int inner = (int) g.shape()[1];
    int columns = (int) a.shape()[0];
    float[] product = new float[rows * columns];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        double sum = 0;
        for (int k = 0; k < inner; k++) {
          sum += (double) g.values()[i * inner + k] * a.values()[j * inner + k];
        }
        product[i * columns + j] = (float) (scale * sum);
      }
    }
    return new Numbers(new long[] {rows, columns}, product);
  }

  @Test
  void givesDreamMotionsLossesAndTheirGradientsOfTheSample() {
    List<AttentionLayer> layers = NETWORK.attentionLayers().stream().filter(AttentionLayer::isDecoder).toList();
    try (Tensors golden = FIXTURE.golden("dreammotion_ssm"); Tensors weights = FIXTURE.weights("unet")) {
      Map<String, Numbers> inputs = inputs(golden);
      ClipSize size = size(inputs);
      try (Trial features = Trial.of(NETWORK.features(size, NETWORK.decoderLayers()), weights);
          Trial losses = Trial.of(SelfSimilarity.graph(size, layers), weights);
          Trial gradient = Trial.of(NETWORK.gradient(size, NETWORK.decoderLayers(), Recompute.NOTHING), weights)) {
        inputs.putAll(features.run(inputs));
        Map<String, Numbers> source = new HashMap<>(inputs);
        source.put("sample", inputs.get("source_sample"));
        features.run(source).forEach((name, keys) -> inputs.put(name.replace("self_keys.", "source_keys."), keys));
        for (String kind : List.of("spatial", "temporal")) {
          inputs.put("weight_spatial", Numbers.scalar(kind.equals("spatial") ? 1 : 0));
          inputs.put("weight_temporal", Numbers.scalar(kind.equals("temporal") ? 1 : 0));
          Map<String, Numbers> found = losses.run(inputs);
          double wanted = inputs.get("loss_" + kind).values()[0];
          assertThat((double) found.get("loss_" + kind).values()[0]).isBetween(wanted * (1 - 1e-4), wanted * (1 + 1e-4));
          inputs.putAll(found);
          inputs.put("loss_" + kind, Numbers.scalar(wanted));
          assertThat(gradient.run(inputs).get("grad_sample").errorTo(inputs.get("grad_" + kind))).as(kind).isLessThan(1e-4);
          inputs.putAll(inputs(golden));
        }
      }
    }
  }

  /** Two levels, odd lengths, other widths: what the fixture's layout does not have. */
  private static final UNet3DCondition OTHER = new UNet3DCondition(5, 3, List.of(12, 24), List.of(false, true),
      List.of(true, false), 2, 4, 10, 4, 1e-6, 1.5);

  private static Map<String, Numbers> random(ClipSize size) {
    Random random = new Random(5);
    Map<String, Numbers> inputs = new HashMap<>();
    inputs.put("sample", Numbers.random(random, size.clip(5).sizes()));
    inputs.put("target", Numbers.random(random, size.clip(3).sizes()));
    inputs.put("encoder_hidden_states", Numbers.random(random, size.text(10).sizes()));
    inputs.put("timestep", Numbers.scalar(321));
    return open(inputs);
  }

  /** The same tensors but for some, which are those of another seed. */
  private static Tensors mixed(Tensors some, Tensors others, Predicate<String> fromOthers) {
    return Tensors.of("mixed", some.all().stream()
        .map(tensor -> fromOthers.test(tensor.name()) ? others.get(tensor.name()) : tensor).toList());
  }

  @Test
  void hasNoUseForFramesScoresWhereEachSeesItselfNorForConvolutionsWhereTheGateIsShut() {
    ClipSize size = ClipSize.of(1, 3, 5, 7);
    Tensors weights = Trial.randomWeights(OTHER.weights(), 6);
    Tensors changed = mixed(weights, Trial.randomWeights(OTHER.weights(), 7), name -> UNet3DCondition.isTemporal(name)
        && (name.contains(".to_q.") || name.contains(".to_k.") || name.contains("temp_convs")));
    Map<String, Numbers> inputs = random(size);
    float[] mask = new float[9];
    for (int i = 0; i < 9; i++) {
      mask[i] = i % 4 == 0 ? 0 : -1e9f;
    }
    try (Trial trial = Trial.of(OTHER.graph(size, Set.of()), weights); Trial other = Trial.of(OTHER.graph(size, Set.of()), changed)) {
      assertThat(other.run(inputs).get("out_sample").errorTo(trial.run(inputs).get("out_sample"))).isGreaterThan(1e-2);
      inputs.put("temporal_mask", new Numbers(new long[] {3, 3}, mask));
      inputs.put("temporal_gate", Numbers.scalar(0));
      Numbers alone = trial.run(inputs).get("out_sample");
      assertThat(alone.shape()).containsExactly(1, 3, 3, 5, 7);
      assertThat(other.run(inputs).get("out_sample").errorTo(alone)).isLessThan(1e-6);
    }
  }

  @Test
  void followsKeysBackToTheSampleAsDifferencesShow() {
    ClipSize size = ClipSize.of(2, 3, 6, 5);
    Set<String> layers = Set.of("u0a1", "m");
    Map<String, Numbers> inputs = random(size);
    Random random = new Random(8);
    inputs.put("grad_self_keys.u0a1", Numbers.random(random, 6, 9, 24));
    inputs.put("grad_self_keys.m", Numbers.random(random, 6, 9, 24));
    try (Trial trial = Trial.of(OTHER.gradient(size, layers, Recompute.BLOCKS), Trial.randomWeights(OTHER.weights(), 6))) {
      Numbers sample = inputs.get("sample");
      Numbers direction = Numbers.random(random, sample.shape());
      double expected = trial.run(inputs).get("grad_sample").dot(direction);
      double above = weighted(trial, inputs, sample.plus(direction, 1e-3));
      double below = weighted(trial, inputs, sample.plus(direction, -1e-3));
      assertThat((above - below) / 2e-3).isCloseTo(expected, Percentage.withPercentage(1));
    }
  }

  private static double weighted(Trial trial, Map<String, Numbers> inputs, Numbers sample) {
    Map<String, Numbers> moved = new HashMap<>(inputs);
    moved.put("sample", sample);
    Map<String, Numbers> found = trial.run(moved);
    return Stream.of("u0a1", "m").mapToDouble(id -> found.get("self_keys." + id).dot(inputs.get("grad_self_keys." + id))).sum();
  }

  @Test
  void givesTheGradientsOfAllWeightsThatDifferencesOfTheLossShow() {
    ClipSize size = ClipSize.of(1, 2, 4, 3);
    Map<String, Numbers> inputs = random(size);
    List<String> all = OTHER.weights().stream().map(NamedType::name).toList();
    Graph open = TrainedWeights.asInputs(OTHER.graph(size, Set.of()), Set.copyOf(all));
    Graph training = TrainingGraph.of(open, "out_sample", all, Recompute.NOTHING);
    Tensors weights = Trial.randomWeights(OTHER.weights(), 6);
    weights.all().forEach(tensor -> inputs.put(tensor.name(), Numbers.of(tensor)));
    Map<String, Numbers> directions = new HashMap<>();
    Random random = new Random(9);
    all.forEach(name -> directions.put(name, Numbers.random(random, inputs.get(name).shape())));
    try (Trial trial = Trial.of(training, weights)) {
      Map<String, Numbers> found = trial.run(inputs);
      double expected = all.stream().mapToDouble(name -> found.get("grad." + name).dot(directions.get(name))).sum();
      double slope = (loss(trial, inputs, directions, 1e-3) - loss(trial, inputs, directions, -1e-3)) / 2e-3;
      assertThat(slope).isCloseTo(expected, Percentage.withPercentage(1));
    }
  }

  private static double loss(Trial trial, Map<String, Numbers> inputs, Map<String, Numbers> directions, double step) {
    Map<String, Numbers> moved = new HashMap<>(inputs);
    directions.forEach((name, direction) -> moved.put(name, inputs.get(name).plus(direction, step)));
    return trial.run(moved).get("loss").values()[0];
  }

  @Test
  void isNearlyTheSameInHalfPrecision() {
    ClipSize size = ClipSize.of(1, 3, 5, 7);
    Map<String, Numbers> inputs = random(size);
    Graph graph = OTHER.graph(size, Set.of());
    try (Tensors weights = Trial.randomWeights(OTHER.weights(), 6); Trial trial = Trial.of(graph, weights);
        Trial half = Trial.of(HalfPrecision.of(graph), weights)) {
      assertThat(half.run(inputs).get("out_sample").errorTo(trial.run(inputs).get("out_sample"))).isBetween(1e-6, 2e-2);
    }
  }

  @Test
  void namesLayersByTheirPlaces() {
    assertThat(OTHER.attentionLayers()).extracting(AttentionLayer::id).containsExactly("d1a0", "d1a1", "m", "u0a0", "u0a1", "u0a2");
    assertThat(OTHER.decoderLayers()).containsExactlyInAnyOrder("u0a0", "u0a1", "u0a2");
    assertThat(OTHER.attentionLayers().getFirst().heads()).isEqualTo(6);
    assertThatThrownBy(() -> OTHER.graph(ClipSize.of(1, 1, 4, 4), Set.of("u1a0"))).isInstanceOf(RequestFault.class)
        .hasMessageContaining("no attention layer u1a0");
  }

  @Test
  void readsTheConfigThatModelScopeIsPublishedWith() {
    UNet3DCondition published = UNet3DCondition.of(Config.parse("config.json", """
        {"_class_name": "UNet3DConditionModel", "act_fn": "silu", "attention_head_dim": 64, "block_out_channels": [320, 640, 1280, 1280],
         "cross_attention_dim": 1024, "down_block_types": ["CrossAttnDownBlock3D", "CrossAttnDownBlock3D", "CrossAttnDownBlock3D", "DownBlock3D"],
         "downsample_padding": 1, "layers_per_block": 2, "mid_block_scale_factor": 1, "norm_eps": 1e-05, "norm_num_groups": 32,
         "sample_size": 32, "up_block_types": ["UpBlock3D", "CrossAttnUpBlock3D", "CrossAttnUpBlock3D", "CrossAttnUpBlock3D"]}"""));
    assertThat(published.attentionLayers()).extracting(AttentionLayer::heads)
        .containsExactly(5, 5, 10, 10, 20, 20, 20, 20, 20, 20, 10, 10, 10, 5, 5, 5);
    assertThat(published.weights().stream().mapToLong(weight -> weight.type().shape().elements().value()).sum())
        .isBetween(1_400_000_000L, 1_420_000_000L);
    assertThat(published.graph(ClipSize.of(2, 16, 40, 72), Set.of()).size()).isGreaterThan(1000);
  }

  @Test
  void namesEveryFieldThatAsksForAnotherNetwork() {
    assertThatThrownBy(() -> UNet3DCondition.of(Config.parse("config.json", """
        {"_class_name": "UNet3DConditionModel", "block_out_channels": [30, 60], "down_block_types": ["DownBlock3D", "DownBlock2D"],
         "up_block_types": ["UpBlock3D"], "num_attention_heads": 8, "act_fn": "mish", "norm_num_groups": 15, "attention_head_dim": [8, 8]}""")))
        .isInstanceOf(RequestFault.class).hasMessageContainingAll("field down_block_types is", "field up_block_types is",
            "field num_attention_heads is 8, and must be null", "field act_fn is \"mish\"", "field attention_head_dim is [8,8]");
  }
}
