package org.answerprint.pipeline;

import java.net.URISyntaxException;
import java.nio.file.Path;
import org.answerprint.bundles.Bundle;
import org.answerprint.bundles.BundleCache;
import org.answerprint.bundles.CheckpointReader;
import org.answerprint.models.Definitions;
import org.answerprint.weights.Tensors;
import org.answerprint.weights.WeightFiles;

/** The tiny checkpoint in the layout of Stable Diffusion 2 depth, and what the reference implementation made of it. */
final class TinyModel {

  private TinyModel() {}

  static Bundle bundle(Path cache) {
    return new BundleCache(cache).add(CheckpointReader.read(path("/sd-depth"), new Definitions(), false), "tiny").bundle();
  }

  static Tensors golden(String name) {
    return WeightFiles.open(path("/sd-depth/golden/" + name));
  }

  static Path path(String resource) {
    try {
      return Path.of(TinyModel.class.getResource(resource).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
