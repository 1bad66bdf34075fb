package org.answerprint.networks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.answerprint.graph.ElementType;
import org.answerprint.graph.Graph;
import org.answerprint.graph.HalfPrecision;
import org.answerprint.graph.Target;
import org.answerprint.runtime.BoundWeights;
import org.answerprint.runtime.Denoiser;
import org.answerprint.runtime.Engine;
import org.answerprint.runtime.Images;
import org.answerprint.runtime.Session;
import org.answerprint.weights.Tensors;
import org.answerprint.weights.WantedTensor;
import org.answerprint.weights.WantedTensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The reference implementation's numbers, to 1e-5 in relative norm. */
class GoldenTest {

  private static final double TOLERANCE = 1e-5;

  static Stream<Fixture> fixtures() {
    return Stream.of("sd15", "sd-depth").map(Fixture::new);
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void wantsExactlyTheTensorsOfTheFiles(Fixture fixture) {
    requireExactly(fixture.text(), fixture.weights("text_encoder"));
    requireExactly(fixture.vae(), fixture.weights("vae"));
    requireExactly(fixture.unet(), fixture.weights("unet"));
  }

  static void requireExactly(NetworkDefinition network, Tensors found) {
    try (found) {
      List<WantedTensor> wanted = network.weights().stream()
          .map(weight -> WantedTensor.floats(weight.name(), weight.type().shape().sizes())).toList();
      assertThat(WantedTensors.of(wanted).problems(found)).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void encodesTexts(Fixture fixture) {
    try (Tensors golden = fixture.golden("text_encoder"); Tensors weights = fixture.weights("text_encoder");
        Trial trial = Trial.of(fixture.text().graph(ClipText.Options.ALL_LAYERS), weights)) {
      long[] ids = Numbers.integers(golden.get("input_ids"));
      float[] values = new float[ids.length];
      for (int i = 0; i < ids.length; i++) {
        values[i] = ids[i];
      }
      Map<String, Numbers> found = trial.run(Map.of("input_ids", new Numbers(golden.get("input_ids").shape().toArray(), values)));
      Numbers wanted = Numbers.of(golden.get("last_hidden_state"));
      assertThat(found.get("last_hidden_state").errorTo(wanted)).isLessThan(TOLERANCE);
      assertThat(found.get("pooler_output").errorTo(atTheEndOfText(fixture, ids, wanted))).isLessThan(TOLERANCE);
    }
  }

  /** The states at the first end of text: its id is the padding's too in one of the layouts. */
  private static Numbers atTheEndOfText(Fixture fixture, long[] ids, Numbers states) {
    int rows = (int) states.shape()[0];
    int tokens = (int) states.shape()[1];
    int width = (int) states.shape()[2];
    float[] picked = new float[rows * width];
    for (int row = 0; row < rows; row++) {
      int place = 0;
      while (ids[row * tokens + place] != fixture.text().endOfText()) {
        place++;
      }
      System.arraycopy(states.values(), (row * tokens + place) * width, picked, row * width, width);
    }
    return new Numbers(new long[] {rows, width}, picked);
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void encodesAndDecodesImages(Fixture fixture) {
    AutoencoderKL vae = fixture.vae();
    try (Tensors golden = fixture.golden("vae"); Tensors weights = fixture.weights("vae")) {
      Numbers image = Numbers.of(golden.get("image"));
      Numbers mean = Numbers.of(golden.get("mean"));
      Graph encoder = vae.encoder(AutoencoderKL.Options.of(image.shape()[2], image.shape()[3]));
      try (BoundWeights bound = BoundWeights.of(weights, encoder.weights());
          Images images = Images.encoder(Engine.cpu(), encoder, bound)) {
        long[] halves = mean.shape().clone();
        halves[0] *= 2;
        Numbers found = new Numbers(halves, images.run(image.values()));
        assertThat(found.rows(0, 2).errorTo(mean)).isLessThan(TOLERANCE);
        assertThat(found.rows(1, 3).errorTo(Numbers.of(golden.get("logvar")))).isLessThan(TOLERANCE);
      }
      Numbers scaled = Numbers.of(golden.get("latents_scaled"));
      Numbers latent = scaled.plus(scaled, 1 / vae.scalingFactor() - 1);
      Graph decoder = vae.decoder(AutoencoderKL.Options.of(latent.shape()[2], latent.shape()[3]));
      try (BoundWeights bound = BoundWeights.of(weights, decoder.weights());
          Images images = Images.decoder(Engine.cpu(), decoder, bound)) {
        Numbers found = new Numbers(image.shape(), images.run(latent.values()));
        assertThat(found.errorTo(Numbers.of(golden.get("decoded")))).isLessThan(TOLERANCE);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void denoisesAtThreeTimesteps(Fixture fixture) {
    Graph graph = fixture.unet().graph(UNet2DCondition.Options.of(16, 24));
    try (Tensors weights = fixture.weights("unet"); BoundWeights bound = BoundWeights.of(weights, graph.weights());
        Denoiser denoiser = Denoiser.open(Engine.cpu(), graph, bound)) {
      for (String file : List.of("unet_t1", "unet_t501", "unet_t981")) {
        try (Tensors golden = fixture.golden(file)) {
          float[] found = denoiser.denoise(golden.get("sample").toFloats(), timestep(golden), golden.get("encoder_hidden_states").toFloats());
          assertThat(errorOf(found, golden)).as(file).isLessThan(TOLERANCE);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void denoisesWithTheFirstAndThePreviousRowsFeatures(Fixture fixture) {
    UNet2DCondition unet = fixture.unet();
    Graph graph = unet.graph(UNet2DCondition.Options.of(16, 16).porting(unet.decoderLayers()));
    try (Tensors golden = fixture.golden("unet_injected"); Tensors weights = fixture.weights("unet");
        BoundWeights bound = BoundWeights.of(weights, graph.weights()); Denoiser denoiser = Denoiser.open(Engine.cpu(), graph, bound)) {
      Numbers sample = Numbers.of(golden.get("sample"));
      Numbers text = Numbers.of(golden.get("encoder_hidden_states"));
      long[] firstAndPrevious = {1, 1, 1, 1, 1, 2, 1, 3};
      float[] whole = denoiser.denoise(sample.values(), timestep(golden), text.values(),
          new Denoiser.Sharing(denoiser.nothing(), firstAndPrevious, new long[] {0})).prediction();
      assertThat(errorOf(whole, golden)).isLessThan(TOLERANCE);

      Denoiser.Shared start = denoiser.denoise(sample.rows(0, 1).values(), timestep(golden), text.rows(0, 1).values(),
          new Denoiser.Sharing(denoiser.nothing(), new long[] {1, 1, 1, 1}, new long[] {0, 1}));
      Denoiser.Shared rest = denoiser.denoise(sample.rows(2, 3).values(), timestep(golden), text.rows(2, 3).values(),
          new Denoiser.Sharing(start.kept(), new long[] {0, 1, 0, 2}, new long[] {1}));
      float[] chunked = Arrays.copyOf(start.prediction(), whole.length);
      System.arraycopy(rest.prediction(), 0, chunked, whole.length / 2, whole.length / 2);
      assertThat(errorOf(chunked, golden)).as("two rows at a time").isLessThan(TOLERANCE);
    }
  }

  /** In standard operators, since the processor has no fused ones in half precision. */
  @Test
  void staysCloseInHalfPrecision() {
    Fixture fixture = new Fixture("sd-depth");
    Graph graph = HalfPrecision.of(fixture.unet().graph(UNet2DCondition.Options.of(16, 24)));
    assertThat(graph.weights()).filteredOn(weight -> weight.type().element() == ElementType.FLOAT16).hasSizeGreaterThan(200);
    try (Tensors golden = fixture.golden("unet_t981"); Tensors weights = fixture.weights("unet");
        BoundWeights bound = BoundWeights.of(weights, graph.weights());
        Session session = Session.open(Trial.ENGINE, Target.STANDARD, graph, bound)) {
      for (String input : List.of("sample", "encoder_hidden_states")) {
        session.floats(input, golden.get(input).shape().toArray()).put(golden.get(input).toFloats());
      }
      session.floats("timestep").put((float) timestep(golden));
      session.run();
      assertThat(errorOf(session.values("out_sample"), golden)).isBetween(1e-5, 2e-2);
    }
  }

  private static double errorOf(float[] prediction, Tensors golden) {
    Numbers wanted = Numbers.of(golden.get("noise_pred"));
    return new Numbers(wanted.shape(), prediction).errorTo(wanted);
  }

  private static double timestep(Tensors golden) {
    return Numbers.integers(golden.get("timestep"))[0];
  }
}
