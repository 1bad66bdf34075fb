package org.answerprint.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.answerprint.bundles.Bundle;
import org.answerprint.bundles.BundleCache;
import org.answerprint.bundles.CheckpointReader;
import org.answerprint.bundles.ComponentKind;
import org.answerprint.bundles.PortedLayer;
import org.answerprint.diffusion.Noise;
import org.answerprint.faults.RequestFault;
import org.answerprint.weights.ElementType;
import org.answerprint.weights.Shape;
import org.answerprint.weights.Tensor;
import org.answerprint.weights.Tensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Widths, depths and files that the reference's fixtures do not have, with random weights. */
class OtherLayoutsTest {

  private static final String UNET = "diffusion_pytorch_model.safetensors";
  private static final String TEXT = """
      {"architectures": ["CLIPTextModel"], "hidden_size": 24, "intermediate_size": 40, "num_hidden_layers": 1, "num_attention_heads": 3,
       "hidden_act": "gelu", "max_position_embeddings": 77, "vocab_size": 700, "layer_norm_eps": 1e-5}""";

  @TempDir
  private Path folder;

  private Bundle add(boolean half) {
    return new BundleCache(folder.resolve("cache")).add(CheckpointReader.read(folder.resolve("it"), new Definitions(), half), "it").bundle();
  }

  private static void assertWorks(Bundle bundle) {
    Verification verification = Verifier.verify(Model.of(bundle), bundle.damage(), Optional.empty());
    assertThat(verification.trials()).isNotEmpty();
    assertThat(verification.passed()).as(verification.toString()).isTrue();
  }

  private RandomComponent component(String name, ComponentKind kind, String config) throws IOException {
    return RandomComponent.of(folder.resolve("it").resolve(name), kind, config);
  }

  @ParameterizedTest
  @ValueSource(strings = {
      // Three blocks of other depths, heads by block, linear projections, as in Stable Diffusion 2.
      """
      "block_out_channels": [24, 48, 36], "attention_head_dim": [3, 4, 2], "use_linear_projection": true, "norm_num_groups": 12,
      "layers_per_block": [1, 2, 1], "cross_attention_dim": 20, "in_channels": 5,
      "down_block_types": ["CrossAttnDownBlock2D", "DownBlock2D", "CrossAttnDownBlock2D"],
      "up_block_types": ["CrossAttnUpBlock2D", "UpBlock2D", "CrossAttnUpBlock2D"]""",
      // One block, two transformers deep.
      """
      "block_out_channels": [16], "attention_head_dim": 2, "norm_num_groups": 4, "layers_per_block": 1, "transformer_layers_per_block": 2,
      "cross_attention_dim": 12, "in_channels": 4, "down_block_types": ["CrossAttnDownBlock2D"], "up_block_types": ["CrossAttnUpBlock2D"]""",
      // Five blocks, and no transformer outside the first and the middle one.
      """
      "block_out_channels": [8, 8, 16, 16, 24], "attention_head_dim": 4, "norm_num_groups": 8, "layers_per_block": 1,
      "cross_attention_dim": 8, "in_channels": 9, "norm_eps": 1e-6, "flip_sin_to_cos": false, "freq_shift": 1,
      "down_block_types": ["CrossAttnDownBlock2D", "DownBlock2D", "DownBlock2D", "DownBlock2D", "DownBlock2D"],
      "up_block_types": ["UpBlock2D", "UpBlock2D", "UpBlock2D", "UpBlock2D", "CrossAttnUpBlock2D"]"""})
  void takesUNetsOfOtherShapesWhosePortsChangeNothingBySelves(String fields) throws IOException {
    component("unet", ComponentKind.IMAGE_UNET, "{\"_class_name\": \"UNet2DConditionModel\", " + fields + "}").in(UNET, ElementType.FLOAT32);
    Bundle bundle = add(false);
    assertWorks(bundle);
    Model model = Model.of(bundle);
    List<PortedLayer> layers = bundle.component("unet").portedLayers();
    assertThat(layers).isNotEmpty();
    long channels = bundle.config("unet").path("in_channels").asLong();
    List<Tensor> inputs = List.of(noise("sample", 2, channels, 16, 8), Inputs.scalar("timestep", 7),
        noise("encoder_hidden_states", 2, 77, bundle.config("unet").path("cross_attention_dim").asLong()));
    Map<String, Tensor> plain = ComponentRun.run(model, "unet", Tensors.of("plain", inputs));
    Map<String, Tensor> ported = ComponentRun.run(model, "unet", Tensors.of("ported",
        List.of(inputs.get(0), inputs.get(1), inputs.get(2), Inputs.longs("kv_index", Shape.of(2, 1), 1, 2))));
    assertThat(Comparison.of(ported.get("out_sample"), plain.get("out_sample"), 1e-5).passes()).isTrue();
    for (PortedLayer layer : layers) {
      assertThat(ported.get("kv_state." + layer.id()).shape())
          .isEqualTo(Shape.of(1, 128 / ((long) layer.scale() * layer.scale()), layer.channels()));
    }
  }

  private static Tensor noise(String name, long... shape) {
    return Tensor.ofFloats(name, Shape.of(shape), Noise.ofSeed(2).stream(name.hashCode()).draw((int) Shape.of(shape).elements()));
  }

  @Test
  void takesOtherNetworksOfOtherShapes() throws IOException {
    component("text_encoder", ComponentKind.TEXT_ENCODER, TEXT).in("model.safetensors", ElementType.BFLOAT16);
    component("vae", ComponentKind.AUTOENCODER, """
        {"_class_name": "AutoencoderKL", "block_out_channels": [8, 12], "layers_per_block": 1, "latent_channels": 3, "norm_num_groups": 4,
         "scaling_factor": 0.5, "down_block_types": ["DownEncoderBlock2D", "DownEncoderBlock2D"],
         "up_block_types": ["UpDecoderBlock2D", "UpDecoderBlock2D"]}""").in(UNET, ElementType.FLOAT16);
    component("unet", ComponentKind.VIDEO_UNET, """
        {"_class_name": "UNet3DConditionModel", "block_out_channels": [16, 24], "attention_head_dim": 4, "norm_num_groups": 8,
         "layers_per_block": 2, "cross_attention_dim": 24, "down_block_types": ["CrossAttnDownBlock3D", "DownBlock3D"],
         "up_block_types": ["UpBlock3D", "CrossAttnUpBlock3D"]}""").in(UNET, ElementType.FLOAT64);
    assertWorks(add(false));
  }

  @Test
  void takesTheTextEncoderInShardsOrFromPyTorch() throws IOException {
    component("text_encoder", ComponentKind.TEXT_ENCODER, TEXT).inShards("model", 3);
    Bundle shards = add(false);
    assertThat(shards.component("text_encoder").weights()).isEqualTo("text_encoder/model.safetensors.index.json");
    assertThat(shards.manifest().files()).hasSize(5);
    assertWorks(shards);

    Files.delete(folder.resolve("it/text_encoder/model.safetensors.index.json"));
    RandomComponent.of(folder.resolve("it/text_encoder"), ComponentKind.TEXT_ENCODER, TEXT).inTorchFile("pytorch_model.bin");
    Bundle torch = add(false);
    assertThat(torch.component("text_encoder").weights()).isEqualTo("text_encoder/pytorch_model.bin");
    assertWorks(torch);
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT16", "FLOAT32"})
  void takesHalfPrecisionWhereItIsAskedForOrAlone(ElementType type) throws IOException {
    RandomComponent text = component("text_encoder", ComponentKind.TEXT_ENCODER, TEXT).in("model.fp16.safetensors", ElementType.FLOAT16);
    if (type == ElementType.FLOAT32) {
      text.in("model.safetensors", ElementType.FLOAT32);
      assertThat(add(false).component("text_encoder").weights()).endsWith("/model.safetensors");
    } else {
      assertThat(add(false).component("text_encoder").weights()).endsWith("/model.fp16.safetensors");
    }
    Bundle half = add(true);
    assertThat(half.component("text_encoder").weights()).endsWith("/model.fp16.safetensors");
    assertWorks(half);
  }

  /** Among them the files of PyTorch before 1.6, pickles without an archive around them. */
  @ParameterizedTest
  @CsvSource({"'\u0080\u0002\u008a\nl\u00fc\u009cF', before 1.6", "<!doctype html>, a web page",
      "version https://git-lfs.github.com/spec/v1, git lfs pull", "'', 0 bytes long"})
  void saysWhatIsWrongWithFilesThatAreNoWeights(String content, String said) throws IOException {
    component("text_encoder", ComponentKind.TEXT_ENCODER, TEXT);
    Files.write(folder.resolve("it/text_encoder/pytorch_model.bin"), content.getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> add(false)).isInstanceOf(RequestFault.class).hasMessageContainingAll("pytorch_model.bin", said);
  }
}
