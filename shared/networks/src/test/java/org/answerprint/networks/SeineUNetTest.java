package org.answerprint.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.answerprint.faults.RequestFault;
import org.answerprint.graph.Dim;
import org.answerprint.graph.ElementType;
import org.answerprint.graph.GraphBuilder;
import org.answerprint.graph.HalfPrecision;
import org.answerprint.weights.Shape;
import org.answerprint.weights.Tensor;
import org.answerprint.weights.Tensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeineUNetTest {

  private static final Fixture FIXTURE = new Fixture("seine");

  private final SeineUNet network = SeineUNet.of(FIXTURE.config("unet"));

  @Test
  void wantsExactlyTheTensorsOfTheFile() {
    try (Tensors weights = FIXTURE.weights("unet")) {
      GoldenTest.requireExactly(network, weights.only(name -> !network.ignores(name)));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 489, 999})
  void predictsTheNoiseThatTheReferencePredicts(int timestep) {
    try (Tensors golden = FIXTURE.golden("unet_t" + timestep); Tensors weights = FIXTURE.weights("unet");
        Trial trial = Trial.of(network.graph(new ClipSize(Dim.of("B"), 16, 8, 8, 77)), weights)) {
      Numbers found = trial.run(Map.of("sample", Numbers.of(golden.get("sample")), "timestep", Numbers.scalar(timestep),
          "encoder_hidden_states", Numbers.of(golden.get("encoder_hidden_states")))).get("out_sample");
      assertThat(found.errorTo(Numbers.of(golden.get("noise_pred")))).isLessThan(1e-5);
    }
  }

  /** Cumulative alphas of betas at equal distances from 1e-4 to 0.02. */
  private static double alpha(int timestep) {
    return IntStream.rangeClosed(0, timestep).mapToDouble(k -> 1 - (1e-4 + k / 999.0 * (0.02 - 1e-4))).reduce(1, (a, b) -> a * b);
  }

  @Test
  void samplesTheTransitionThatTheReferenceSamples() {
    double guidance = 4;
    try (Tensors golden = FIXTURE.golden("transition_ddim"); Tensors weights = FIXTURE.weights("unet");
        Trial trial = Trial.of(network.graph(ClipSize.of(2, 16, 8, 8)), weights)) {
      long[] timesteps = Numbers.integers(golden.get("timesteps"));
      Numbers latents = Numbers.of(golden.get("noise"));
      for (int k = timesteps.length - 1; k >= 0; k--) {
        Numbers sample = rows(latents, Numbers.of(golden.get("generate_mask")), Numbers.of(golden.get("masked_latents")));
        Numbers both = trial.run(Map.of("sample", sample, "timestep", Numbers.scalar(timesteps[k]),
            "encoder_hidden_states", Numbers.of(golden.get("encoder_hidden_states_cond_uncond")))).get("out_sample");
        Numbers noise = both.rows(1).plus(both.rows(0).plus(both.rows(1), -1), guidance);
        double alpha = alpha((int) timesteps[k]);
        double next = k == 0 ? 1 : alpha((int) timesteps[k - 1]);
        double scale = Math.sqrt(next / alpha);
        latents = latents.plus(latents, scale - 1).plus(noise, Math.sqrt(1 - next) - scale * Math.sqrt(1 - alpha));
      }
      assertThat(latents.errorTo(Numbers.of(golden.get("latents")))).isLessThan(1e-3);
    }
  }

  /** Twice the same 9 channels: latent, mask, masked latent. */
  private static Numbers rows(Numbers latents, Numbers mask, Numbers masked) {
    FloatBuffer all = FloatBuffer.allocate(2 * 9 * 16 * 64);
    for (int row = 0; row < 2; row++) {
      all.put(latents.values()).put(mask.values()).put(masked.values());
    }
    return new Numbers(new long[] {2, 9, 16, 8, 8}, all.array());
  }

  private static SeineUNet other(int inChannels) {
    return new SeineUNet(inChannels, 4, List.of(32, 80), List.of(false, true), List.of(true, true), 2, List.of(1, 2), 12, true, 8, 1e-5,
        new TimeEmbedding(32, true, 0));
  }

  private static Map<String, Numbers> random(SeineUNet network, ClipSize size) {
    Random random = new Random(5);
    Map<String, Numbers> inputs = new HashMap<>();
    inputs.put("sample", Numbers.random(random, size.clip(network.inChannels()).sizes()));
    inputs.put("encoder_hidden_states", Numbers.random(random, size.text(network.crossAttentionDim()).sizes()));
    inputs.put("timestep", Numbers.scalar(77));
    return inputs;
  }

  /** Weights whose attentions along time add nothing. */
  private static Tensors without(Tensors weights) {
    return Tensors.of("without", weights.all().stream().map(tensor -> tensor.name().contains("attn_temp.to_out.0.")
        ? Tensor.ofFloats(tensor.name(), tensor.shape(), new float[(int) tensor.shape().elements()]) : tensor).toList());
  }

  @Test
  void isStableDiffusionsUNetOnOneFrameWhereAttentionsAlongTimeAddNothing() {
    SeineUNet seine = other(4);
    ClipSize size = ClipSize.of(2, 1, 9, 6);
    UNet2DCondition image = new UNet2DCondition(4, 4, seine.blockOutChannels(), seine.downAttention(), seine.upAttention(), List.of(2, 2),
        List.of(1, 1), seine.attentionHeads(), 12, true, 8, 1e-5, seine.time());
    Map<String, Numbers> inputs = random(seine, size);
    try (Tensors weights = without(Trial.randomWeights(seine.weights(), 2)); Trial clip = Trial.of(seine.graph(size), weights);
        Trial frame = Trial.of(image.graph(UNet2DCondition.Options.of(9, 6)), weights)) {
      Numbers found = clip.run(inputs).get("out_sample");
      inputs.put("sample", new Numbers(new long[] {2, 4, 9, 6}, inputs.get("sample").values()));
      Numbers wanted = frame.run(inputs).get("out_sample");
      assertThat(new Numbers(wanted.shape(), found.values()).errorTo(wanted)).isLessThan(1e-5);
    }
  }

  @Test
  void letsFramesSeeEachOtherInNormalisationsAlone() {
    SeineUNet seine = other(9);
    ClipSize size = ClipSize.of(1, 3, 4, 4);
    Map<String, Numbers> inputs = random(seine, size);
    try (Tensors weights = without(Trial.randomWeights(seine.weights(), 2)); Trial trial = Trial.of(seine.graph(size), weights)) {
      Numbers before = trial.run(inputs).get("out_sample");
      float[] louder = inputs.get("sample").values().clone();
      for (int i = 0; i < louder.length; i++) {
        louder[i] *= i / 16 % 3 == 0 ? 3 : 1;
      }
      inputs.put("sample", new Numbers(inputs.get("sample").shape(), louder));
      Numbers after = trial.run(inputs).get("out_sample");
      assertThat(lastFrame(after).errorTo(lastFrame(before))).isGreaterThan(1e-3);
    }
  }

  @Test
  void isNearlyTheSameInHalfPrecision() {
    SeineUNet seine = other(9);
    ClipSize size = ClipSize.of(1, 3, 4, 4);
    Map<String, Numbers> inputs = random(seine, size);
    try (Tensors weights = Trial.randomWeights(seine.weights(), 2); Trial trial = Trial.of(seine.graph(size), weights);
        Trial half = Trial.of(HalfPrecision.of(seine.graph(size)), weights)) {
      assertThat(half.run(inputs).get("out_sample").errorTo(trial.run(inputs).get("out_sample"))).isBetween(1e-6, 2e-2);
    }
  }

  private static Numbers lastFrame(Numbers clip) {
    float[] frame = new float[4 * 16];
    for (int channel = 0; channel < 4; channel++) {
      System.arraycopy(clip.values(), (channel * 3 + 2) * 16, frame, channel * 16, 16);
    }
    return new Numbers(new long[] {4, 4, 4}, frame);
  }

  @Test
  void turnsTheFirstChannelsOfEachHeadInPairsByAnglesThatGrowWithThePosition() {
    GraphBuilder g = GraphBuilder.create();
    g.output("y", new RotaryEmbedding(4).of(g, g.input("x", ElementType.FLOAT, 1, 3, 12), 2));
    Tensors freqs = Tensors.of("freqs", List.of(Tensor.ofFloats("freqs", Shape.of(2), 1, 0.25f)));
    Numbers x = Numbers.random(new Random(1), 1, 3, 12);
    try (Trial trial = Trial.of(g.build(), freqs)) {
      float[] turned = x.values().clone();
      for (int pair = 0; pair < 3 * 2 * 2; pair++) {
        int at = pair / 4 * 12 + pair / 2 % 2 * 6 + pair % 2 * 2;
        double angle = pair / 4 * (pair % 2 == 0 ? 1 : 0.25);
        turned[at] = (float) (x.values()[at] * Math.cos(angle) - x.values()[at + 1] * Math.sin(angle));
        turned[at + 1] = (float) (x.values()[at + 1] * Math.cos(angle) + x.values()[at] * Math.sin(angle));
      }
      assertThat(trial.run(Map.of("x", x)).get("y").errorTo(new Numbers(x.shape(), turned))).isLessThan(1e-6);
    }
  }

  @Test
  void putsDistancesIntoBucketsThatWiden() {
    assertThat(List.of(0, 1, 7, 8, 9, 10, 15, 16, 31, 500).stream().map(RelativePositionBias::bucket))
        .containsExactly(0, 1, 7, 8, 8, 9, 11, 12, 15, 15);
    assertThat(List.of(-1, -7, -8, -16, -40).stream().map(RelativePositionBias::bucket)).containsExactly(17, 23, 24, 28, 31);
  }

  @Test
  void growsTheConfigThatItsFilesDoNotHaveFromAnImageUNets() {
    SeineUNet grown = SeineUNet.of(Config.parse("grown", SeineUNet.configGrownFrom("config.json", """
        {"_class_name": "UNet2DConditionModel", "in_channels": 4, "block_out_channels": [320, 640, 1280, 1280], "cross_attention_dim": 768,
         "down_block_types": ["CrossAttnDownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D", "DownBlock2D"],
         "up_block_types": ["UpBlock2D", "CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "CrossAttnUpBlock2D"], "attention_head_dim": 8}""")));
    assertThat(grown.inChannels()).isEqualTo(9);
    assertThat(grown.downAttention()).containsExactly(true, true, true, false);
    assertThat(grown.weights()).anySatisfy(weight -> {
      assertThat(weight.name()).isEqualTo("up_blocks.3.attentions.2.transformer_blocks.0.attn_temp.rotary_emb.freqs");
      assertThat(weight.type().shape().sizes()).containsExactly(16);
    });
    // Stable Diffusion's, and some 50 million for the attentions along time.
    assertThat(grown.weights().stream().mapToLong(weight -> weight.type().shape().elements().value()).sum())
        .isBetween(905_000_000L, 912_000_000L);
  }

  @Test
  void namesEveryFieldThatAsksForAnotherNetwork() {
    assertThatThrownBy(() -> SeineUNet.of(Config.parse("config.json", """
        {"_class_name": "SeineUNet3D", "block_out_channels": [64, 64], "down_block_types": ["DownBlock3D", "CrossAttnDownBlock3D"],
         "up_block_types": ["UpBlock3D", "UpBlock3D"], "attention_head_dim": 4, "use_first_frame": true, "class_embed_type": "timestep"}""")))
        .isInstanceOf(RequestFault.class).hasMessageContainingAll("field attention_head_dim is 4", "field use_first_frame is true",
            "field class_embed_type is");
  }
}
