package org.answerprint.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.answerprint.bundles.Bundle;
import org.answerprint.bundles.ComponentKind;
import org.answerprint.faults.RequestFault;
import org.answerprint.models.Model;
import org.answerprint.networks.AutoencoderKL;
import org.answerprint.networks.Config;
import org.answerprint.networks.UNet2DCondition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageModelWorkTest {

  /** Stable Diffusion 1.5's. */
  private static final UNet2DCondition UNET = UNet2DCondition.of(Config.parse("unet/config.json", """
      {"_class_name": "UNet2DConditionModel", "attention_head_dim": 8, "block_out_channels": [320, 640, 1280, 1280],
       "down_block_types": ["CrossAttnDownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D", "DownBlock2D"],
       "up_block_types": ["UpBlock2D", "CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "CrossAttnUpBlock2D"],
       "cross_attention_dim": 768, "layers_per_block": 2}"""));

  @Test
  void aRowOfStableDiffusionTakesWhatIsSaidOfItElsewhere() {
    ByArea row = ByArea.through(8, side -> UNET.graph(UNet2DCondition.Options.of(side, side)).operations(Map.of()));
    assertThat(row.at(64 * 64)).isCloseTo(803, within(8.0));
  }

  @Test
  void threeSizesGiveAllOthersOfAnyShape() {
    ByArea row = ByArea.through(8, side -> UNET.graph(UNet2DCondition.Options.of(side, side)).operations(Map.of()));
    double counted = UNET.graph(UNet2DCondition.Options.of(40, 72)).operations(Map.of()) / 1e9;
    assertThat(row.at(40 * 72)).isCloseTo(counted, within(1e-6 * counted));
  }

  @Test
  void aBundleIsCountedByItsConfigs(@TempDir Path cache) {
    Bundle bundle = TinyModel.bundle(cache);
    ImageModel model = ImageModel.of(bundle);
    ImageModelWork work = ImageModelWork.of(Model.of(bundle).components());

    assertThat(work.nativeSide()).isEqualTo(model.nativeSide());
    assertThat(work.multiple()).isEqualTo(model.multiple());
    assertThat(work.depth()).isPositive();
    assertThat(work.text()).isPositive();
    assertThat(work.caption()).isZero();
    int side = model.nativeSide() / model.vae().factor();
    assertThat(work.places(1, model.nativeSide())).isEqualTo((long) side * side);
    double decoding = model.vae().decoder(AutoencoderKL.Options.of(side, side)).operations(Map.of()) / 1e9;
    assertThat(work.decoding().at((long) side * side)).isCloseTo(decoding, within(1e-6 * decoding));
    double alone = model.unet().graph(UNet2DCondition.Options.of(side, side)).operations(Map.of()) / 1e9;
    assertThat(work.row().at((long) side * side)).isGreaterThan(alone);
  }

  @Test
  void whatHasNoUNetOfImagesIsRefused(@TempDir Path cache) {
    var parts = Model.of(TinyModel.bundle(cache)).components();
    assertThatThrownBy(() -> ImageModelWork.of(parts.stream().filter(part -> part.kind() != ComponentKind.IMAGE_UNET).toList()))
        .isInstanceOf(RequestFault.class).hasMessageContaining("a UNet of images");
    assertThatThrownBy(() -> ImageModelWork.of(List.of())).isInstanceOf(RequestFault.class);
  }
}
