package org.answerprint.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Random;
import org.answerprint.faults.RequestFault;
import org.answerprint.graph.Dim;
import org.answerprint.graph.Graph;
import org.answerprint.graph.HalfPrecision;
import org.answerprint.weights.Tensors;
import org.junit.jupiter.api.Test;

class DptDepthTest {

  private static final Fixture FIXTURE = new Fixture("sd-depth");

  private final DptDepth network = DptDepth.of(FIXTURE.config("depth_estimator"));

  @Test
  void wantsExactlyTheTensorsOfTheFile() {
    GoldenTest.requireExactly(network, FIXTURE.weights("depth_estimator"));
  }

  /** The reference's depth is 0 everywhere, as that of most random weights: the last thing in the network is a ReLU. */
  @Test
  void findsTheDepthThatTheReferenceFinds() {
    try (Tensors golden = FIXTURE.golden("depth"); Tensors weights = FIXTURE.weights("depth_estimator");
        Trial trial = Trial.of(network.graph(network.trained()), weights)) {
      Numbers found = trial.run(Map.of("pixel_values", Numbers.of(golden.get("pixel_values")))).get("predicted_depth");
      assertThat(found.values()).isEqualTo(Numbers.of(golden.get("predicted_depth")).values()).containsOnly(0);
    }
  }

  /**
   * The same with another last bias, that lifts every depth above 0. The numbers wanted were calculated apart from this project
   * and in double, by array arithmetic that follows the reference's modules one by one.
   */
  @Test
  void findsTheDepthOfANetworkWhoseLastReluLetsEverythingThrough() {
    try (Tensors golden = FIXTURE.golden("depth"); Tensors lifted = FIXTURE.golden("depth_lifted");
        Tensors weights = FIXTURE.weights("depth_estimator")) {
      Tensors changed = Tensors.of("changed", weights.all().stream().map(tensor -> lifted.find(tensor.name()).orElse(tensor)).toList());
      try (Trial trial = Trial.of(network.graph(network.trained()), changed)) {
        Numbers found = trial.run(Map.of("pixel_values", Numbers.of(golden.get("pixel_values")))).get("predicted_depth");
        assertThat(found.errorTo(Numbers.of(lifted.get("predicted_depth")))).isLessThan(1e-5);
      }
    }
  }

  @Test
  void takesPicturesOfOtherSizesAndFindsEachPicturesDepthByItself() {
    Graph graph = network.graph(new DptDepth.Options(Dim.of("B"), 48, 96));
    try (Tensors weights = Trial.randomWeights(network.weights(), 3); Trial trial = Trial.of(graph, weights)) {
      Numbers pixels = Numbers.random(new Random(4), 2, 3, 48, 96);
      Numbers both = trial.run(Map.of("pixel_values", pixels)).get("predicted_depth");
      assertThat(both.shape()).containsExactly(2, 64, 96);
      Numbers second = trial.run(Map.of("pixel_values", pixels.rows(1))).get("predicted_depth");
      assertThat(second.errorTo(both.rows(1))).isLessThan(1e-5);
    }
    assertThatThrownBy(() -> new DptDepth.Options(Dim.of(1), 100, 64)).isInstanceOf(RequestFault.class).hasMessageContaining("64 x 100");
  }

  @Test
  void isNearlyTheSameInHalfPrecision() {
    Graph graph = network.graph(network.trained());
    Numbers pixels = Numbers.random(new Random(4), 1, 3, 64, 64);
    try (Tensors weights = Trial.randomWeights(network.weights(), 3); Trial trial = Trial.of(graph, weights);
        Trial half = Trial.of(HalfPrecision.of(graph), weights)) {
      Numbers wanted = trial.run(Map.of("pixel_values", pixels)).get("predicted_depth");
      assertThat(half.run(Map.of("pixel_values", pixels)).get("predicted_depth").errorTo(wanted)).isBetween(1e-6, 2e-2);
    }
  }

  /** Stable Diffusion 2's own estimator leaves out of its config what is the library's default. */
  @Test
  void readsTheConfigThatMiDaSIsPublishedWith() {
    DptDepth published = DptDepth.of(Config.parse("config.json", """
        {"model_type": "dpt", "is_hybrid": true, "neck_hidden_sizes": [256, 512, 768, 768], "reassemble_factors": [1, 1, 1, 0.5],
         "backbone_featmap_shape": [1, 1024, 24, 24], "neck_ignore_stages": [0, 1], "torch_dtype": "float32",
         "backbone_config": {"global_padding": "same", "layer_type": "bottleneck", "depths": [3, 4, 9],
           "out_features": ["stage1", "stage2", "stage3"], "embedding_dynamic_padding": true}}"""));
    assertThat(published.imageSize()).isEqualTo(384);
    assertThat(published.taken()).containsExactly(8, 11);
    assertThat(published.backbone().hiddenSizes()).containsExactly(256, 512, 1024);
    assertThat(published.weights()).anySatisfy(weight -> {
      assertThat(weight.name()).isEqualTo("dpt.embeddings.position_embeddings");
      assertThat(weight.type().shape().sizes()).containsExactly(1, 577, 768);
    });
  }

  @Test
  void namesEveryFieldThatAsksForAnotherNetwork() {
    assertThatThrownBy(() -> DptDepth.of(Config.parse("config.json", """
        {"is_hybrid": false, "hidden_act": "relu", "patch_size": 14, "neck_hidden_sizes": [1, 2], "reassemble_factors": [4, 2, 1.5, 1],
         "backbone_out_indices": [0, 1, 5, 5], "backbone_config": {"layer_type": "preactivation", "num_groups": 7}}""")))
        .isInstanceOf(RequestFault.class).hasMessageContainingAll("field is_hybrid is false", "field hidden_act is \"relu\"",
            "field patch_size is 14, and must be 16", "neck_hidden_sizes", "reassemble_factors", "backbone_out_indices",
            "field backbone_config.layer_type is \"preactivation\"", "backbone_config.embedding_size");
  }
}
