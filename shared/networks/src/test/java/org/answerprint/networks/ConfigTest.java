package org.answerprint.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.answerprint.faults.RequestFault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigTest {

  private static final String UNET = Layouts.TWO_BLOCKS.strip();

  private static String with(String json, String field, String value) {
    try {
      ObjectNode config = (ObjectNode) new JsonMapper().readTree(json);
      return config.set(field, new JsonMapper().readTree(value)).toString();
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "_class_name | \"UNet3DConditionModel\" | \"UNet2DConditionModel\"",
      "act_fn | \"mish\" | \"silu\" or \"swish\"",
      "attention_head_dim | 7 | number of heads that divides the block's channels, [32, 96]",
      "attention_head_dim | [1, 2, 3] | or a list of 2 of them",
      "num_attention_heads | 8 | null",
      "block_out_channels | [] | a list of 1 to 8",
      "block_out_channels | [32, 48] | multiples of norm_num_groups, 32",
      "block_out_channels | [32, 2000000000] | from 2 to 65536",
      "layers_per_block | 1000000 | from 1 to 16",
      "layers_per_block | \"1\" | a whole number",
      "down_block_types | [\"CrossAttnDownBlock2D\", \"KDownBlock2D\"] | \"CrossAttnDownBlock2D\" or \"DownBlock2D\"",
      "up_block_types | [\"UpBlock2D\"] | a list of 2",
      "mid_block_type | \"UNetMidBlock2D\" | \"UNetMidBlock2DCrossAttn\"",
      "addition_embed_type | \"text_time\" | null",
      "class_embed_type | \"timestep\" | null",
      "num_class_embeds | 1000 | null",
      "encoder_hid_dim | 4096 | null",
      "time_cond_proj_dim | 256 | null",
      "time_embedding_type | \"fourier\" | \"positional\"",
      "resnet_time_scale_shift | \"scale_shift\" | \"default\"",
      "center_input_sample | true | false",
      "only_cross_attention | [true, false] | false",
      "dual_cross_attention | true | false",
      "conv_in_kernel | 1 | 3",
      "mid_block_scale_factor | 2 | 1",
      "downsample_padding | 0 | 1",
      "norm_eps | \"small\" | a number from",
      "use_linear_projection | 1 | true or false"})
  void namesTheFieldThatAsksForAnotherNetwork(String field, String value, String allowed) {
    String config = with(UNET, field, value);
    assertThatThrownBy(() -> Layouts.unet(config)).isInstanceOf(RequestFault.class).hasMessageContaining("config.json")
        .hasMessageContaining("field " + field + " is ").hasMessageContaining(value.replace(", ", ",")).hasMessageContaining(allowed);
  }

  @Test
  void namesEveryProblemAtOnce() {
    String config = with(with(with(UNET, "act_fn", "\"relu\""), "cross_attention_dim", "-1"), "down_block_types", "3");
    assertThatThrownBy(() -> Layouts.unet(config)).isInstanceOf(RequestFault.class)
        .hasMessageContaining("field act_fn is \"relu\"").hasMessageContaining("field cross_attention_dim is -1")
        .hasMessageContaining("field down_block_types is 3");
  }

  @Test
  void takesNullsAndAbsentFieldsAsTheLibraryDoes() {
    UNet2DCondition plain = Layouts.unet(UNET);
    String full = with(with(with(with(UNET, "num_attention_heads", "null"), "mid_block_type", "\"UNetMidBlock2DCrossAttn\""),
        "resnet_out_scale_factor", "1.0"), "norm_eps", "null");
    assertThat(Layouts.unet(full)).isEqualTo(plain);
    assertThat(plain.normEps()).isEqualTo(1e-5);
    assertThat(plain.outChannels()).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "null", "{", "{} {}", "{\"a\": 1, \"a\": 2}", "{\"a\": NaN}", "not json"})
  void refusesWhatIsNoJsonObject(String text) {
    assertThatThrownBy(() -> Config.parse("unet/config.json", text)).isInstanceOf(RequestFault.class)
        .hasMessageContaining("unet/config.json").hasMessageContaining("config.json");
  }

  @Test
  void refusesNestingAndLengthsThatNoConfigHas() {
    assertThatThrownBy(() -> Config.parse("config.json", "{\"a\": " + "[".repeat(5000))).isInstanceOf(RequestFault.class);
    assertThatThrownBy(() -> Config.parse("config.json", " ".repeat(2_000_000))).isInstanceOf(RequestFault.class)
        .hasMessageContaining("2000000");
    assertThatThrownBy(() -> Layouts.unet(with(UNET, "act_fn", "\"" + "x".repeat(10_000) + "\"")))
        .isInstanceOf(RequestFault.class).satisfies(fault -> assertThat(fault.getMessage()).hasSizeLessThan(500));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "hidden_act | \"relu\" | \"quick_gelu\" or \"gelu\"", "num_attention_heads | 5 | a divisor of hidden_size, 24",
      "model_type | \"t5\" | \"clip_text_model\"", "num_hidden_layers | 0 | from 1 to 256", "hidden_size | null | from 1"})
  void namesWhatATextEncoderCannotBe(String field, String value, String allowed) {
    String text = """
        {"model_type": "clip_text_model", "hidden_size": 24, "num_attention_heads": 4, "intermediate_size": 96,
         "num_hidden_layers": 3, "hidden_act": "gelu"}
        """.strip();
    assertThat(ClipText.of(Config.parse("text", text)).activation()).isEqualTo(ClipText.Activation.GELU);
    assertThatThrownBy(() -> ClipText.of(Config.parse("text", with(text, field, value)))).isInstanceOf(RequestFault.class)
        .hasMessageContaining("field " + field + " is " + value).hasMessageContaining(allowed);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "shift_factor | 0.1 | null", "latents_mean | [0.0] | null", "down_block_types | [\"AttnDownEncoderBlock2D\"] | \"DownEncoderBlock2D\"",
      "norm_num_groups | 7 | multiples of norm_num_groups, 7", "scaling_factor | 0 | a number from"})
  void namesWhatAnAutoencoderCannotBe(String field, String value, String allowed) {
    String vae = """
        {"_class_name": "AutoencoderKL", "block_out_channels": [8], "down_block_types": ["DownEncoderBlock2D"],
         "up_block_types": ["UpDecoderBlock2D"], "norm_num_groups": 4}
        """.strip();
    assertThat(AutoencoderKL.of(Config.parse("vae", vae)).scalingFactor()).isEqualTo(0.18215);
    assertThatThrownBy(() -> AutoencoderKL.of(Config.parse("vae", with(vae, field, value)))).isInstanceOf(RequestFault.class)
        .hasMessageContaining(allowed);
  }

  @Test
  void knowsTheNamesThatOlderFilesHave() {
    ClipText text = new Fixture("sd15").text();
    assertThat(text.currentName("text_model.encoder.layers.0.layer_norm1.weight")).isEqualTo("encoder.layers.0.layer_norm1.weight");
    assertThat(text.ignores(text.currentName("text_model.embeddings.position_ids"))).isTrue();
    assertThat(text.ignores("embeddings.position_embedding.weight")).isFalse();
    AutoencoderKL vae = new Fixture("sd15").vae();
    assertThat(vae.currentName("decoder.mid_block.attentions.0.proj_attn.bias")).isEqualTo("decoder.mid_block.attentions.0.to_out.0.bias");
    assertThat(vae.currentName("encoder.mid_block.attentions.0.query.weight")).isEqualTo("encoder.mid_block.attentions.0.to_q.weight");
    assertThat(vae.currentName("encoder.mid_block.attentions.0.group_norm.weight")).isEqualTo("encoder.mid_block.attentions.0.group_norm.weight");
    assertThat(new Fixture("sd15").unet().currentName("conv_in.weight")).isEqualTo("conv_in.weight");
  }
}
