package org.answerprint.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.answerprint.faults.RequestFault;
import org.answerprint.pictures.Picture;
import org.answerprint.runtime.Engine;
import org.answerprint.weights.Tensors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImagePipelineTest {

  @TempDir
  private static Path cache;

  private static ImageModel model;

  @BeforeAll
  static void importTheTinyCheckpoint() {
    model = ImageModel.of(TinyModel.bundle(cache));
  }

  @Test
  void textsAreThoseOfTheReference() throws IOException {
    String[] prompts = new ObjectMapper().readValue(TinyModel.path("/sd-depth/golden/prompts.json").toFile(), String[].class);
    try (ImagePipeline pipeline = pipeline(64, 64); Tensors golden = TinyModel.golden("text_encoder.safetensors")) {
      float[] states = golden.get("last_hidden_state").toFloats();
      for (int i = 0; i < prompts.length; i++) {
        int length = states.length / prompts.length;
        assertThat(error(pipeline.text(prompts[i]), Arrays.copyOfRange(states, i * length, (i + 1) * length))).isLessThan(1e-5);
      }
    }
  }

  @Test
  void latentsAndPicturesAreThoseOfTheReference() {
    try (Tensors golden = TinyModel.golden("vae.safetensors")) {
      long[] shape = golden.get("image").shape().toArray();
      int height = (int) shape[2];
      int width = (int) shape[3];
      int pixels = 3 * height * width;
      float[] image = Arrays.copyOf(golden.get("image").toFloats(), pixels);
      float[] mean = golden.get("mean").toFloats();
      float[] scaled = golden.get("latents_scaled").toFloats();
      try (ImagePipeline pipeline = pipeline(width, height)) {
        float[] latent = pipeline.latent(new Picture(width, height, image));
        for (int i = 0; i < latent.length; i++) {
          mean[i] *= 0.18215f;
        }
        assertThat(error(latent, Arrays.copyOf(mean, latent.length))).isLessThan(1e-5);
        assertThat(error(pipeline.picture(Arrays.copyOf(scaled, latent.length)).planes(),
            Arrays.copyOf(golden.get("decoded").toFloats(), pixels))).isLessThan(1e-5);
      }
    }
  }

  @Test
  void depthHasTheLatentsSizeAndIsFiniteForAPictureOfOneColour() {
    try (ImagePipeline pipeline = pipeline(128, 64)) {
      float[] depth = pipeline.depth(new Picture(128, 64, new float[3 * 128 * 64]));

      assertThat(depth).hasSize(16 * 8);
      for (float value : depth) {
        assertThat(value).isFinite();
      }
    }
  }

  @Test
  void theDenoiserHasPortsWhereTheyWereAskedFor() {
    try (ImagePipeline pipeline = new ImagePipeline(model, Engine.cpu(), new PictureSize(64, 64), model.decoderLayers())) {
      assertThat(pipeline.denoiser().ported()).isEqualTo(model.decoderLayers());
      assertThat(pipeline.denoiser().sample().size(0)).isEqualTo(5);
      assertThat(model.allLayers()).containsAll(model.decoderLayers()).contains("m", "d0a0");
    }
  }

  @Test
  void aFilmKeepsItsShapeWithItsShorterSideAtTheModelsOwn() {
    assertThat(model.nativeSide()).isEqualTo(128);
    assertThat(model.multiple()).isEqualTo(64);
    assertThat(model.size(16 / 9.0, 512)).isEqualTo(new PictureSize(896, 512));
    assertThat(model.size(9 / 16.0, 512)).isEqualTo(new PictureSize(512, 896));
    assertThat(model.size(1, 128)).isEqualTo(new PictureSize(128, 128));
    assertThat(model.size(40, 64)).isEqualTo(new PictureSize(192, 64));
    assertThatThrownBy(() -> model.size(1, 16)).isInstanceOf(RequestFault.class).hasMessageContaining("at least 64");
  }

  @Test
  void aPipelineIsKeptForTheNextWorkOfItsSizeAndNotAfterAFailure() {
    try (Pipelines pipelines = new Pipelines(Engine.cpu())) {
      AtomicReference<ImagePipeline> first = new AtomicReference<>();
      PictureSize size = new PictureSize(64, 64);
      pipelines.lend(model, size, Set.of(), first::set);
      pipelines.lend(model, size, Set.of(), same -> assertThat(same).isSameAs(first.get()));
      pipelines.lend(model, size, Set.of("m"), other -> assertThat(other).isNotSameAs(first.get()));
      pipelines.lend(model, size, Set.of("m"), first::set);
      assertThatThrownBy(() -> pipelines.lend(model, size, Set.of("m"), same -> {
        throw new IllegalStateException("it broke");
      })).hasMessage("it broke");
      pipelines.lend(model, size, Set.of("m"), other -> assertThat(other).isNotSameAs(first.get()));
    }
  }

  private static ImagePipeline pipeline(int width, int height) {
    return new ImagePipeline(model, Engine.cpu(), new PictureSize(width, height), Set.of());
  }

  /** Of the difference, relative to what is expected. */
  private static double error(float[] found, float[] expected) {
    assertThat(found).hasSameSizeAs(expected);
    double difference = 0;
    double norm = 0;
    for (int i = 0; i < found.length; i++) {
      difference += Math.pow((double) found[i] - expected[i], 2);
      norm += Math.pow(expected[i], 2);
    }
    return Math.sqrt(difference / norm);
  }
}
