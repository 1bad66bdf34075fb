package org.answerprint.networks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.answerprint.weights.Tensors;
import org.answerprint.weights.WeightFiles;

/** A tiny checkpoint in the layout that users have, with tensors that the reference implementation calculated from it. */
record Fixture(String name) {

  Config config(String component) {
    Path file = path(component + "/config.json");
    try {
      return Config.parse(file.toString(), Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Tensors weights(String component) {
    try (Stream<Path> files = Files.list(path(component))) {
      return WeightFiles.open(files.filter(file -> file.toString().endsWith(".safetensors")).findFirst().orElseThrow());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Tensors golden(String file) {
    return WeightFiles.open(path("golden/" + file + ".safetensors"));
  }

  UNet2DCondition unet() {
    return UNet2DCondition.of(config("unet"));
  }

  AutoencoderKL vae() {
    return AutoencoderKL.of(config("vae"));
  }

  ClipText text() {
    return ClipText.of(config("text_encoder"));
  }

  private Path path(String file) {
    try {
      return Path.of(Fixture.class.getResource("/" + name + "/" + file).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
