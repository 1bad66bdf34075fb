package org.answerprint.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.answerprint.bundles.Bundle;
import org.answerprint.bundles.BundleCache;
import org.answerprint.bundles.CheckpointReader;
import org.answerprint.bundles.Licence;
import org.answerprint.faults.RequestFault;
import org.answerprint.weights.Tensors;
import org.answerprint.weights.WeightFiles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeineFolderTest {

  private static final String WEIGHTS = "unet/diffusion_pytorch_model.safetensors";

  /** Of the image UNet from which the tiny SEINE could have been grown. */
  private static final String IMAGE_UNET = """
      {"_class_name": "UNet2DConditionModel", "in_channels": 4, "out_channels": 4, "block_out_channels": [64, 64], "layers_per_block": 1,
       "norm_num_groups": 8, "cross_attention_dim": 32, "attention_head_dim": 2,
       "down_block_types": ["CrossAttnDownBlock2D", "DownBlock2D"], "up_block_types": ["UpBlock2D", "CrossAttnUpBlock2D"]}""";

  @TempDir
  private Path folder;

  private Path base;
  private Path checkpoint;
  private BundleCache cache;

  @BeforeEach
  void makesTheFilesThatPeopleHave() throws IOException {
    base = Checkpoints.part("sd15", folder, "text_encoder", "tokenizer", "vae", "scheduler");
    Files.writeString(Files.createDirectory(base.resolve("unet")).resolve("config.json"), IMAGE_UNET);
    Files.writeString(base.resolve("README.md"), "---\nlicense: creativeml-openrail-m\n---\n");
    checkpoint = folder.resolve("seine.pt");
    try (Tensors tensors = WeightFiles.open(Checkpoints.part("seine", folder, "unet").resolve(WEIGHTS))) {
      TorchFile.write(checkpoint, "ema", tensors);
    }
    cache = new BundleCache(folder.resolve("cache"));
  }

  private BundleCache.Imported add() {
    return cache.inWorkspace(work -> {
      SeineFolder.write(checkpoint, base, work);
      return cache.add(CheckpointReader.read(work, new Definitions(), false), "seine");
    });
  }

  @Test
  void makesAWholeModelOfTheFileAndTheFolderItWasGrownFrom() throws IOException {
    Bundle bundle = add().bundle();
    assertThat(bundle.manifest().components()).containsOnlyKeys("text_encoder", "unet", "vae");
    assertThat(bundle.manifest().licence()).isEqualTo(Licence.RAIL);
    assertThat(bundle.tokenizer()).isPresent();
    assertThat(bundle.damage()).isEmpty();
    assertThat(bundle.manifest().files()).allSatisfy(file -> assertThat(bundle.folder().resolve(file.path()).toRealPath())
        .as("no link to what may go away").isEqualTo(bundle.folder().toRealPath().resolve(file.path())));
    Path golden = Checkpoints.goldens("seine", folder, "unet_t489.safetensors", "transition_ddim.safetensors", "transition_ddim.json");
    Verification verification = Verifier.verify(Model.of(bundle), List.of(), Optional.of(golden));
    assertThat(verification.passed()).as(verification.toString()).isTrue();
    assertThat(verification.trials()).hasSize(3);
    assertThat(Model.of(bundle).scheduler().schedule().alpha(999)).as("SEINE's own schedule").isBetween(4.03e-5, 4.04e-5);

    assertThat(add().copied()).isFalse();
    assertThat(folder.resolve("cache/bundles").toFile().list()).as("nothing else is left").hasSize(1);
  }

  @Test
  void saysWhatTheBaseLacksAndWhichTensorsDoNotFit() throws IOException {
    Files.writeString(base.resolve("unet/config.json"), IMAGE_UNET.replace("\"cross_attention_dim\": 32", "\"cross_attention_dim\": 24"));
    assertThatThrownBy(this::add).isInstanceOf(RequestFault.class).hasMessageContainingAll("attn2.to_k.weight", "has a wrong shape");
    Files.delete(base.resolve("unet/config.json"));
    assertThatThrownBy(this::add).isInstanceOf(RequestFault.class).hasMessageContainingAll("unet/config.json", "Stable Diffusion 1.4");
    assertThat(folder.resolve("cache/bundles").toFile().list()).isEmpty();
  }
}
