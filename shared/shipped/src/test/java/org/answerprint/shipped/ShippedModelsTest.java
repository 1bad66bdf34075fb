package org.answerprint.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.answerprint.bundles.Bundle;
import org.answerprint.bundles.BundleCache;
import org.answerprint.bundles.BundleManifest;
import org.answerprint.bundles.ComponentKind;
import org.answerprint.bundles.Licence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShippedModelsTest {

  private static final long MOST_BYTES = 25_000_000;

  @TempDir
  private Path folder;

  @Test
  void toyboxImageIsThereWholeUnderItsName() {
    Bundle bundle = new BundleCache(folder).named("toybox-image");
    assertThat(bundle.damage()).isEmpty();
    assertThat(bundle.tokenizer()).isPresent();
    assertThat(bundle.scheduler()).isPresent();
    assertThat(bundle.folder().resolve("README.md")).content().contains("models train toybox-image", "seed");
  }

  @Test
  void toyboxImageHasAllThatADepthConditionedModelHasAndACaptioner() {
    BundleManifest manifest = new BundleCache(folder).manifests().get("toybox-image");
    assertThat(manifest.components().values()).extracting(component -> component.kind()).containsExactlyInAnyOrder(
        ComponentKind.TEXT_ENCODER, ComponentKind.IMAGE_UNET, ComponentKind.AUTOENCODER, ComponentKind.DEPTH_ESTIMATOR,
        ComponentKind.CAPTIONER);
    assertThat(manifest.licence()).isEqualTo(Licence.OPEN);
  }

  @Test
  void noModelIsLargerThanARepositoryShouldHold() {
    assertThat(new BundleCache(folder).manifests().values()).isNotEmpty()
        .allSatisfy(manifest -> assertThat(manifest.bytes()).isLessThanOrEqualTo(MOST_BYTES));
  }
}
