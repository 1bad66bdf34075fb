package org.answerprint.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.answerprint.faults.InternalFault;
import org.answerprint.faults.RequestFault;
import org.answerprint.graph.Dim;
import org.answerprint.graph.Graph;
import org.answerprint.graph.Recompute;
import org.answerprint.runtime.AlongTime;
import org.answerprint.runtime.BoundWeights;
import org.answerprint.runtime.Engine;
import org.answerprint.runtime.SelfKeys;
import org.answerprint.runtime.VideoDenoiser;
import org.answerprint.weights.Tensors;
import org.junit.jupiter.api.Test;

/** The runtime's classes for denoisers of clips, on the graphs that they are for. */
class VideoRuntimeTest {

  private static final Fixture VIDEO = new Fixture("video");
  private static final UNet3DCondition UNET = UNet3DCondition.of(VIDEO.config("unet"));

  @Test
  void aVideoUNetPredictsWhatTheReferencePredicts() {
    Graph graph = UNET.graph(new ClipSize(Dim.of("B"), 5, 16, 24, 77), Set.of());
    try (Tensors golden = VIDEO.golden("unet_video"); Tensors file = VIDEO.weights("unet");
        BoundWeights weights = BoundWeights.of(file, graph.weights()); VideoDenoiser unet = VideoDenoiser.open(Engine.cpu(), graph, weights)) {
      float[] sample = golden.get("sample").toFloats();
      double timestep = timestep(golden);
      float[] text = golden.get("encoder_hidden_states").toFloats();
      float[] found = unet.denoise(sample, timestep, text);

      assertThat(unet.takesAlongTime()).isTrue();
      assertThat(unet.sample().size(1)).isEqualTo(5);
      assertThat(error(found, golden.get("noise_pred").toFloats())).isLessThan(1e-5);
      assertThat(error(unet.denoise(sample, timestep, text, AlongTime.closed(5)), found)).isGreaterThan(1e-2);
    }
  }

  /** The numbers are the graph's own, which the tests of `models` hold against the reference: these are about the way there. */
  @Test
  void keysComeOutAndTheirGradientsGoBackToTheSample() {
    try (Tensors golden = VIDEO.golden("unet_video"); Tensors file = VIDEO.weights("unet")) {
      Graph graph = UNET.gradient(ClipSize.of(2, 5, 16, 24), Set.of("d0a0"), Recompute.BLOCKS);
      float[] sample = golden.get("sample").toFloats();
      float[] text = golden.get("encoder_hidden_states").toFloats();
      AlongTime open = AlongTime.open(5);
      try (BoundWeights weights = BoundWeights.of(file, graph.weights()); SelfKeys network = SelfKeys.open(Trial.ENGINE, graph, weights);
          Trial trial = Trial.of(graph, file)) {
        AttentionLayer layer = UNET.attentionLayers().getFirst();
        Numbers gradient = Numbers.random(new Random(2), 10, layer.tokens(16, 24), layer.channels());
        SelfKeys.Followed found = network.back(sample, 7, text, open, Map.of("d0a0", gradient.values()));
        Map<String, Numbers> expected = trial.run(Map.of("sample", Numbers.of(golden.get("sample")), "timestep", Numbers.scalar(7),
            "encoder_hidden_states", Numbers.of(golden.get("encoder_hidden_states")), "temporal_mask", Numbers.zeros(5, 5),
            "temporal_gate", Numbers.scalar(1), "grad_self_keys.d0a0", gradient));

        assertThat(found.keys()).containsOnlyKeys("d0a0");
        assertThat(found.keys().get("d0a0")).containsExactly(expected.get("self_keys.d0a0").values());
        assertThat(found.sampleGradient()).containsExactly(expected.get("grad_sample").values());
        assertThatThrownBy(() -> network.back(sample, 1, text, open, Map.of())).isInstanceOf(RequestFault.class)
            .hasMessageContaining("The gradient of the keys of layer");
      }
    }
  }

  @Test
  void seinesUNetIsOneTooButForWhatFramesSee() {
    Fixture seine = new Fixture("seine");
    SeineUNet network = SeineUNet.of(seine.config("unet"));
    try (Tensors golden = seine.golden("unet_t489"); Tensors file = seine.weights("unet")) {
      long[] shape = golden.get("sample").shape().toArray();
      Graph graph = network.graph(ClipSize.of(shape[0], shape[2], shape[3], shape[4]));
      try (Tensors named = file.renamed(network::currentName); BoundWeights weights = BoundWeights.of(named, graph.weights());
          VideoDenoiser unet = VideoDenoiser.open(Engine.cpu(), graph, weights)) {
        float[] sample = golden.get("sample").toFloats();
        float[] text = golden.get("encoder_hidden_states").toFloats();

        assertThat(unet.takesAlongTime()).isFalse();
        assertThat(error(unet.denoise(sample, 489, text), golden.get("noise_pred").toFloats())).isLessThan(1e-5);
        assertThatThrownBy(() -> unet.denoise(sample, 489, text, AlongTime.closed((int) shape[2]))).isInstanceOf(InternalFault.class);
      }
    }
  }

  @Test
  void aGraphOfSomethingElseIsRefused() {
    Graph features = UNET.features(ClipSize.of(1, 2, 8, 8), Set.of("m"));
    Graph forward = UNET.graph(ClipSize.of(1, 2, 8, 8), Set.of());

    assertThatThrownBy(() -> VideoDenoiser.open(Engine.cpu(), features, BoundWeights.none())).isInstanceOf(RequestFault.class)
        .hasMessageContaining("out_sample");
    assertThatThrownBy(() -> SelfKeys.open(Engine.cpu(), forward, BoundWeights.none())).isInstanceOf(RequestFault.class)
        .hasMessageContaining("self_keys");
  }

  private static double timestep(Tensors golden) {
    return Numbers.scalar(golden.get("timestep")).values()[0];
  }

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
