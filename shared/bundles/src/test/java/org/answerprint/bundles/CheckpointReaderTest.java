package org.answerprint.bundles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.answerprint.faults.RequestFault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckpointReaderTest {

  @TempDir
  Path folder;

  @Test
  void takesWhatIsNeededOfAWholeCheckpoint() {
    Checkpoint checkpoint = CheckpointReader.read(Checkpoints.whole(folder), Checkpoints.CONTENT, false);
    assertThat(checkpoint.components()).extracting(Component::kind).containsExactly(
        ComponentKind.TEXT_ENCODER, ComponentKind.IMAGE_UNET, ComponentKind.AUTOENCODER);
    assertThat(checkpoint.leftOut()).containsExactly("feature_extractor");
    assertThat(checkpoint.licence()).isEqualTo(Licence.RAIL);
    assertThat(checkpoint.files()).extracting(file -> folder.relativize(file).toString()).containsExactlyInAnyOrder(
        "README.md", "model_index.json", "scheduler/scheduler_config.json", "text_encoder/config.json",
        "text_encoder/model.safetensors", "tokenizer/vocab.json", "tokenizer/merges.txt",
        "tokenizer/tokenizer_config.json", "unet/config.json", "unet/diffusion_pytorch_model.safetensors",
        "vae/config.json", "vae/diffusion_pytorch_model.safetensors.index.json", "vae/shard-1.safetensors");
  }

  @Test
  void takesTheVariantInHalfPrecisionWhereItIsAskedForOrAlone() throws IOException {
    Checkpoints.whole(folder);
    assertThat(unet(true)).endsWith(Path.of("unet/diffusion_pytorch_model.fp16.safetensors"));
    Files.delete(folder.resolve("unet/diffusion_pytorch_model.safetensors"));
    Files.delete(folder.resolve("unet/diffusion_pytorch_model.bin"));
    assertThat(unet(false)).endsWith(Path.of("unet/diffusion_pytorch_model.fp16.safetensors"));
  }

  @Test
  void takesAPartOfACheckpointWithoutAnIndex() throws IOException {
    Checkpoints.write(folder.resolve("unet/config.json"), "{\"_class_name\": \"SeineUNet3D\"}");
    Checkpoints.weights(folder.resolve("unet/diffusion_pytorch_model.safetensors"), 1);
    Checkpoints.write(folder.resolve("golden/a.txt"), "of no use");
    Checkpoint checkpoint = CheckpointReader.read(folder, Checkpoints.CONTENT, false);
    assertThat(checkpoint.components()).extracting(Component::kind).containsExactly(ComponentKind.SEINE_UNET);
    assertThat(checkpoint.files()).hasSize(2);
    assertThat(checkpoint.licence()).isEqualTo(Licence.UNKNOWN);
  }

  @Test
  void saysEverythingThatIsWrongAtOnce() throws IOException {
    Checkpoints.whole(folder);
    Files.delete(folder.resolve("unet/diffusion_pytorch_model.safetensors"));
    Files.delete(folder.resolve("unet/diffusion_pytorch_model.fp16.safetensors"));
    Files.delete(folder.resolve("text_encoder/config.json"));
    Files.delete(folder.resolve("tokenizer/merges.txt"));
    Files.delete(folder.resolve("vae/shard-1.safetensors"));
    Checkpoints.write(folder.resolve("scheduler/scheduler_config.json"), "{\"beta_schedule\": \"odd\"}");
    assertThatThrownBy(() -> CheckpointReader.read(folder, Checkpoints.CONTENT, false))
        .isInstanceOf(RequestFault.class).hasMessageContaining("is no checkpoint that can be used")
        .hasMessageContaining("diffusion_pytorch_model.bin is no file of weights")
        .hasMessageContaining("there is no file " + folder.resolve("text_encoder/config.json"))
        .hasMessageContaining("no merges.txt").hasMessageContaining("shard-1.safetensors")
        .hasMessageContaining("beta_schedule is \"odd\"");
  }

  @Test
  void saysWhatTheNetworksFindWrong() {
    Checkpoints.whole(folder);
    NetworkDefinitions strict = (component, tensors) -> new ComponentFacts(
        List.of("tensor 'b' is missing", "tensor 'a' is one too many"), List.of());
    assertThatThrownBy(() -> CheckpointReader.read(folder, strict, false)).isInstanceOf(RequestFault.class)
        .hasMessageContaining("unet: tensor 'b' is missing").hasMessageContaining("vae: tensor 'a' is one too many");
  }

  @Test
  void refusesNetworksThatItDoesNotKnowAndFoldersWithout() {
    assertThatThrownBy(() -> CheckpointReader.read(folder, Checkpoints.CONTENT, false))
        .isInstanceOf(RequestFault.class).hasMessageContaining("no network");
    Checkpoints.write(folder.resolve("unet/config.json"), "{\"_class_name\": \"Flux\\u001bModel\"}");
    assertThatThrownBy(() -> CheckpointReader.read(folder, Checkpoints.CONTENT, false))
        .isInstanceOf(RequestFault.class).hasMessageContaining("of class Flux?Model")
        .hasMessageContaining("UNet2DConditionModel or UNet3DConditionModel or SeineUNet3D");
    assertThatThrownBy(() -> CheckpointReader.read(folder.resolve("none"), Checkpoints.CONTENT, false))
        .isInstanceOf(RequestFault.class).hasMessageContaining("is no folder");
  }

  @ParameterizedTest
  @CsvSource({"creativeml-openrail-m, RAIL", "openrail++, RAIL", "apache-2.0, OPEN", "mit, OPEN",
      "cc-by-nc-4.0, NON_COMMERCIAL", "other, UNKNOWN"})
  void readsTheLicenceOfTheModelCard(String word, Licence licence) {
    Checkpoints.whole(folder);
    Checkpoints.write(folder.resolve("README.md"), "---\nlicense: \"" + word + "\"\n---\n");
    assertThat(CheckpointReader.read(folder, Checkpoints.CONTENT, false).licence()).isEqualTo(licence);
  }

  private Path unet(boolean half) {
    return CheckpointReader.read(folder, Checkpoints.CONTENT, half).components().get(1).weights();
  }
}
