package org.answerprint.networks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.answerprint.graph.Graph;
import org.answerprint.weights.Tensors;
import org.answerprint.weights.WantedTensor;
import org.answerprint.weights.WantedTensors;
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

  private static void requireExactly(NetworkDefinition network, Tensors found) {
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
      try (Trial trial = Trial.of(vae.encoder(AutoencoderKL.Options.of(image.shape()[2], image.shape()[3])), weights)) {
        Numbers found = trial.run(Map.of("sample", image)).get("latent_parameters");
        assertThat(half(found, 0).errorTo(Numbers.of(golden.get("mean")))).isLessThan(TOLERANCE);
        assertThat(half(found, 1).errorTo(Numbers.of(golden.get("logvar")))).isLessThan(TOLERANCE);
      }
      Numbers scaled = Numbers.of(golden.get("latents_scaled"));
      Numbers latent = scaled.plus(scaled, 1 / vae.scalingFactor() - 1);
      try (Trial trial = Trial.of(vae.decoder(AutoencoderKL.Options.of(latent.shape()[2], latent.shape()[3])), weights)) {
        assertThat(trial.run(Map.of("latent_sample", latent)).get("sample").errorTo(Numbers.of(golden.get("decoded")))).isLessThan(TOLERANCE);
      }
    }
  }

  private static Numbers half(Numbers parameters, int which) {
    long[] shape = parameters.shape().clone();
    shape[0] *= 2;
    shape[1] /= 2;
    Numbers halves = new Numbers(shape, parameters.values());
    return halves.rows(java.util.stream.IntStream.range(0, (int) shape[0] / 2).map(row -> 2 * row + which).toArray());
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void denoisesAtThreeTimesteps(Fixture fixture) {
    try (Tensors weights = fixture.weights("unet");
        Trial trial = Trial.of(fixture.unet().graph(UNet2DCondition.Options.of(16, 24)), weights)) {
      for (String file : List.of("unet_t1", "unet_t501", "unet_t981")) {
        try (Tensors golden = fixture.golden(file)) {
          Numbers found = trial.run(inputs(golden)).get("out_sample");
          assertThat(found.errorTo(Numbers.of(golden.get("noise_pred")))).as(file).isLessThan(TOLERANCE);
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
        Trial trial = Trial.of(graph, weights)) {
      Map<String, Numbers> inputs = new HashMap<>(inputs(golden));
      inputs.put("kv_index", new Numbers(new long[] {4, 2}, new float[] {1, 1, 1, 1, 1, 2, 1, 3}));
      inputs.put("kv_keep", new Numbers(new long[] {1}, new float[] {0}));
      for (AttentionLayer layer : unet.attentionLayers()) {
        inputs.put("kv_pool." + layer.id(), Numbers.zeros(1, layer.tokens(16, 16), layer.channels()));
      }
      assertThat(trial.run(inputs).get("out_sample").errorTo(Numbers.of(golden.get("noise_pred")))).isLessThan(TOLERANCE);
    }
  }

  private static Map<String, Numbers> inputs(Tensors golden) {
    return Map.of("sample", Numbers.of(golden.get("sample")), "encoder_hidden_states", Numbers.of(golden.get("encoder_hidden_states")),
        "timestep", Numbers.scalar(Numbers.integers(golden.get("timestep"))[0]));
  }
}
