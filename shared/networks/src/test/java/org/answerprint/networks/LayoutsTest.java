package org.answerprint.networks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import org.answerprint.graph.Dim;
import org.answerprint.graph.ElementType;
import org.answerprint.graph.GraphBuilder;
import org.answerprint.graph.NamedType;
import org.answerprint.graph.Shape;
import org.answerprint.graph.Target;
import org.answerprint.graph.TensorType;
import org.answerprint.weights.Tensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Layouts that people have beyond the fixtures': published sizes, and other widths, depths and lengths. */
class LayoutsTest {

  private static final String PUBLISHED_UNET = """
      {"_class_name": "UNet2DConditionModel", "_diffusers_version": "0.6.0", "act_fn": "silu", "attention_head_dim": %s,
       "block_out_channels": [320, 640, 1280, 1280], "center_input_sample": false, "cross_attention_dim": %d,
       "down_block_types": ["CrossAttnDownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D", "DownBlock2D"],
       "downsample_padding": 1, "flip_sin_to_cos": true, "freq_shift": 0, "in_channels": %d, "layers_per_block": 2,
       "mid_block_scale_factor": 1, "norm_eps": 1e-05, "norm_num_groups": 32, "out_channels": 4, "sample_size": 64,
       "up_block_types": ["UpBlock2D", "CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "CrossAttnUpBlock2D"]%s}
      """;
  private static final String PUBLISHED_TEXT = """
      {"architectures": ["CLIPTextModel"], "eos_token_id": 2, "hidden_act": "%s", "hidden_size": %d, "intermediate_size": %d,
       "layer_norm_eps": 1e-05, "max_position_embeddings": 77, "model_type": "clip_text_model", "num_attention_heads": %d,
       "num_hidden_layers": %d, "pad_token_id": 1, "torch_dtype": "float32", "vocab_size": 49408}
      """;
  private static final String PUBLISHED_VAE = """
      {"_class_name": "AutoencoderKL", "_diffusers_version": "0.6.0", "act_fn": "silu", "block_out_channels": [128, 256, 512, 512],
       "down_block_types": ["DownEncoderBlock2D", "DownEncoderBlock2D", "DownEncoderBlock2D", "DownEncoderBlock2D"],
       "in_channels": 3, "latent_channels": 4, "layers_per_block": 2, "norm_num_groups": 32, "out_channels": 3, "sample_size": 512,
       "up_block_types": ["UpDecoderBlock2D", "UpDecoderBlock2D", "UpDecoderBlock2D", "UpDecoderBlock2D"]}
      """;

  /** The counts are those that the published checkpoints are known by. */
  @Test
  void hasAsManyParametersAsThePublishedModels() {
    UNet2DCondition one = Layouts.unet(PUBLISHED_UNET.formatted("8", 768, 4, ""));
    assertThat(one.weights()).hasSize(686);
    assertThat(parameters(one)).isEqualTo(859_520_964);
    String two = ", \"dual_cross_attention\": false, \"use_linear_projection\": true, \"upcast_attention\": true, \"num_class_embeds\": null";
    assertThat(parameters(Layouts.unet(PUBLISHED_UNET.formatted("[5, 10, 20, 20]", 1024, 4, two)))).isEqualTo(865_910_724);
    assertThat(parameters(Layouts.unet(PUBLISHED_UNET.formatted("[5, 10, 20, 20]", 1024, 5, two)))).isEqualTo(865_913_604);
    assertThat(parameters(text(PUBLISHED_TEXT.formatted("quick_gelu", 768, 3072, 12, 12)))).isEqualTo(123_060_480);
    assertThat(parameters(text(PUBLISHED_TEXT.formatted("gelu", 1024, 4096, 16, 23)))).isEqualTo(340_387_840);
    assertThat(parameters(AutoencoderKL.of(Config.parse("vae", PUBLISHED_VAE)))).isEqualTo(83_653_863);
  }

  private static ClipText text(String config) {
    return ClipText.of(Config.parse("text", config));
  }

  private static long parameters(NetworkDefinition network) {
    return network.weights().stream().mapToLong(weight -> weight.type().shape().elements().value()).sum();
  }

  @Test
  void writesTheGraphOfAPublishedModelForItsOwnSize() {
    UNet2DCondition unet = Layouts.unet(PUBLISHED_UNET.formatted("8", 768, 4, ""));
    byte[] onnx = unet.graph(UNet2DCondition.Options.of(64, 64).porting(unet.decoderLayers()))
        .toOnnx(Target.CPU);
    assertThat(onnx.length).isLessThan(1_000_000);
    assertThat(unet.graph(UNet2DCondition.Options.of(64, 64).rows(2)).outputs())
        .containsExactly(new NamedType("out_sample", new TensorType(ElementType.FLOAT,
            Shape.of(2, 4, 64, 64))));
  }

  @Test
  void predictsRowsOfDifferentTimestepsAsIfEachWereAlone() {
    UNet2DCondition unet = Layouts.unet(Layouts.TWO_BLOCKS);
    Map<String, Numbers> inputs = Layouts.inputs(unet, new Random(3), 2, 8, 8);
    GraphBuilder g = GraphBuilder.create();
    g.output("out_sample", unet.prediction(g, g.input("sample", ElementType.FLOAT, 2, unet.inChannels(), 8, 8),
        g.input("timestep", ElementType.FLOAT, 2, 1),
        g.input("encoder_hidden_states", ElementType.FLOAT, 2, 77, unet.crossAttentionDim())));
    try (Tensors weights = Trial.randomWeights(unet.weights(), 9); Trial rows = Trial.of(g.build(), weights);
        Trial alone = Trial.of(unet.graph(UNet2DCondition.Options.of(8, 8)), weights)) {
      inputs.put("timestep", new Numbers(new long[] {2, 1}, new float[] {981, 40}));
      Numbers found = rows.run(inputs).get("out_sample");
      for (int row = 0; row < 2; row++) {
        Map<String, Numbers> one = Map.of("sample", inputs.get("sample").rows(row), "timestep", Numbers.scalar(row == 0 ? 981 : 40),
            "encoder_hidden_states", inputs.get("encoder_hidden_states").rows(row));
        assertThat(alone.run(one).get("out_sample").errorTo(found.rows(row))).isLessThan(1e-5);
      }
    }
  }

  @Test
  void takesTextsOfAsManyTokensAsTheirEncoderGives() {
    UNet2DCondition unet = Layouts.unet(PUBLISHED_UNET.formatted("8", 768, 4, ""));
    assertThat(unet.graph(UNet2DCondition.Options.of(8, 8)).input("encoder_hidden_states").size(1)).isEqualTo(77);
    assertThat(unet.graph(UNet2DCondition.Options.of(8, 8).ofTokens(16)).input("encoder_hidden_states").size(1)).isEqualTo(16);
  }

  @ParameterizedTest
  @CsvSource({"0, 8, 24", "0, 9, 13", "1, 24, 8", "1, 11, 10", "2, 12, 20", "2, 23, 9", "2, 1, 1"})
  void denoisesAnySize(int layout, long height, long width) {
    UNet2DCondition unet = Layouts.unet(Layouts.all().get(layout));
    Map<String, Numbers> inputs = Layouts.inputs(unet, new Random(3), 2, height, width);
    try (Tensors weights = Trial.randomWeights(unet.weights(), 9);
        Trial any = Trial.of(unet.graph(UNet2DCondition.Options.of(height, width)), weights);
        Trial two = Trial.of(unet.graph(UNet2DCondition.Options.of(height, width).rows(2)), weights)) {
      Numbers found = any.run(inputs).get("out_sample");
      assertThat(found.shape()).containsExactly(2, unet.outChannels(), height, width);
      assertThat(found.dot(found)).isFinite().isPositive();
      assertThat(two.run(inputs).get("out_sample").errorTo(found)).isLessThan(1e-5);
    }
  }

  @ParameterizedTest
  @CsvSource({"8, 8, 1, true", "32, 96, 1, true", "16, 48, 2, false"})
  void encodesAndDecodesAnySize(int narrow, int wide, int layers, boolean quant) {
    String config = """
        {"_class_name": "AutoencoderKL", "block_out_channels": [%d, %d, %d], "layers_per_block": %d, "norm_num_groups": 8,
         "down_block_types": ["DownEncoderBlock2D", "DownEncoderBlock2D", "DownEncoderBlock2D"], "mid_block_add_attention": %s,
         "up_block_types": ["UpDecoderBlock2D", "UpDecoderBlock2D", "UpDecoderBlock2D"], "use_quant_conv": %s,
         "use_post_quant_conv": %s}
        """.formatted(narrow, narrow, wide, layers, quant, quant, quant);
    AutoencoderKL vae = AutoencoderKL.of(Config.parse("vae", config));
    assertThat(vae.factor()).isEqualTo(4);
    assertThat(vae.weights().stream().anyMatch(weight -> weight.name().equals("quant_conv.weight"))).isEqualTo(quant);
    assertThat(vae.weights().stream().anyMatch(weight -> weight.name().contains("attentions"))).isEqualTo(quant);
    try (Tensors weights = Trial.randomWeights(vae.weights(), 7);
        Trial encoder = Trial.of(vae.encoder(AutoencoderKL.Options.of(22, 13)), weights);
        Trial decoder = Trial.of(vae.decoder(AutoencoderKL.Options.of(5, 3)), weights)) {
      Numbers parameters = encoder.run(Map.of("sample", Numbers.random(new Random(1), 2, 3, 22, 13))).get("latent_parameters");
      assertThat(parameters.shape()).containsExactly(2, 8, 5, 3);
      Numbers image = decoder.run(Map.of("latent_sample", Numbers.random(new Random(2), 3, 4, 5, 3))).get("sample");
      assertThat(image.shape()).containsExactly(3, 3, 20, 12);
      assertThat(image.dot(image)).isFinite().isPositive();
    }
  }

  @Test
  void leavesOutLayersOfATextEncoder() {
    ClipText text = text(PUBLISHED_TEXT.formatted("gelu", 16, 32, 2, 3));
    ClipText shorter = text(PUBLISHED_TEXT.formatted("gelu", 16, 32, 2, 2));
    Numbers ids = new Numbers(new long[] {2, 77}, new float[2 * 77]);
    for (int i = 0; i < ids.values().length; i++) {
      ids.values()[i] = 31 * i % 49_000;
    }
    ids.values()[40] = 49_407;
    ids.values()[77 + 9] = 49_407;
    try (Tensors weights = Trial.randomWeights(text.weights(), 2);
        Trial penultimate = Trial.of(text.graph(ClipText.Options.ALL_LAYERS.skipping(1)), weights);
        Trial cut = Trial.of(shorter.graph(new ClipText.Options(Dim.of(2), 0)), weights)) {
      Map<String, Numbers> inputs = Map.of("input_ids", ids);
      Map<String, Numbers> expected = cut.run(inputs);
      assertThat(penultimate.run(inputs).get("last_hidden_state").errorTo(expected.get("last_hidden_state"))).isLessThan(1e-6);
      Numbers states = expected.get("last_hidden_state");
      Numbers tokens = new Numbers(new long[] {2 * 77, 16}, states.values()).rows(40, 77 + 9);
      assertThat(expected.get("pooler_output").errorTo(tokens)).as("id 2 means the largest id").isLessThan(1e-6);
    }
  }
}
