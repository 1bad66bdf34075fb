package org.answerprint.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.answerprint.faults.RequestFault;
import org.answerprint.weights.Tensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class AttentionPortsTest {

  private static final int ROWS = 3;

  private final Random random = new Random(5);

  static List<String> layouts() {
    return Layouts.all();
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void equalsThePlainNetworkWhereEachRowSeesItself(String layout) {
    UNet2DCondition unet = Layouts.unet(layout);
    Map<String, Numbers> inputs = inputs(unet, 8, 12);
    try (Tensors weights = Trial.randomWeights(unet.weights(), 1);
        Trial plain = Trial.of(unet.graph(UNet2DCondition.Options.of(8, 12)), weights);
        Trial open = Trial.of(unet.graph(UNet2DCondition.Options.of(8, 12).porting(all(unet))), weights)) {
      index(inputs, 2, 3, 4);
      Numbers expected = plain.run(inputs).get("out_sample");
      assertThat(open.run(inputs).get("out_sample").errorTo(expected)).isLessThan(1e-5);
      index(inputs, 3, 3, 3);
      assertThat(open.run(inputs).get("out_sample").errorTo(expected)).isGreaterThan(1e-4);
    }
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void keepsWhatARowWouldHaveLentInTheSamePass(String layout) {
    UNet2DCondition unet = Layouts.unet(layout);
    Map<String, Numbers> inputs = inputs(unet, 10, 7);
    try (Tensors weights = Trial.randomWeights(unet.weights(), 2);
        Trial open = Trial.of(unet.graph(UNet2DCondition.Options.of(10, 7).porting(unet.decoderLayers())), weights)) {
      index(inputs, 2, 2, 2, 2, 2, 3);
      pools(inputs, unet, 10, 7, 2);
      inputs.put("kv_keep", new Numbers(new long[] {1}, new float[] {0}));
      Map<String, Numbers> together = open.run(inputs);
      Map<String, Numbers> alone = new HashMap<>(inputs);
      alone.put("sample", inputs.get("sample").rows(1, 2));
      alone.put("encoder_hidden_states", inputs.get("encoder_hidden_states").rows(1, 2));
      for (String id : unet.decoderLayers()) {
        alone.put("kv_pool." + id, together.get("kv_state." + id));
      }
      alone.put("kv_index", new Numbers(new long[] {2, 2}, new float[] {0, 0, 0, 1}));
      assertThat(open.run(alone).get("out_sample").errorTo(together.get("out_sample").rows(1, 2))).isLessThan(1e-5);
    }
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void seesNoDifferenceInRowsTwiceInPoolsInAnotherOrderAndInOtherRows(String layout) {
    UNet2DCondition unet = Layouts.unet(layout);
    Map<String, Numbers> inputs = inputs(unet, 8, 8);
    try (Tensors weights = Trial.randomWeights(unet.weights(), 3);
        Trial open = Trial.of(unet.graph(UNet2DCondition.Options.of(8, 8).porting(all(unet))), weights)) {
      pools(inputs, unet, 8, 8, 3);
      index(inputs, 0, 4, 2);
      Numbers once = open.run(inputs).get("out_sample");
      index(inputs, 0, 0, 4, 4, 2, 2);
      assertThat(open.run(inputs).get("out_sample").errorTo(once)).as("[a, a] is [a]").isLessThan(1e-5);

      index(inputs, 0, 1, 1, 2, 2, 5);
      Numbers ordered = open.run(inputs).get("out_sample");
      Map<String, Numbers> permuted = new HashMap<>(inputs);
      inputs.keySet().stream().filter(name -> name.startsWith("kv_pool")).forEach(name -> permuted.put(name, inputs.get(name).rows(2, 0, 1)));
      index(permuted, 1, 2, 2, 0, 0, 5);
      assertThat(open.run(permuted).get("out_sample").errorTo(ordered)).as("pool rows in another order").isLessThan(1e-5);

      index(inputs, 3, 4, 5);
      Numbers independent = open.run(inputs).get("out_sample");
      Map<String, Numbers> others = new HashMap<>(inputs);
      others.put("sample", inputs.get("sample").rows(1, 1, 2));
      assertThat(open.run(others).get("out_sample").rows(1, 2).errorTo(independent.rows(1, 2))).as("rows apart").isLessThan(1e-6);
    }
  }

  private Map<String, Numbers> inputs(UNet2DCondition unet, long height, long width) {
    Map<String, Numbers> inputs = Layouts.inputs(unet, random, ROWS, height, width);
    inputs.put("kv_keep", new Numbers(new long[] {2}, new float[] {2, 0}));
    pools(inputs, unet, height, width, 2);
    return inputs;
  }

  private void pools(Map<String, Numbers> inputs, UNet2DCondition unet, long height, long width, int rows) {
    for (AttentionLayer layer : unet.attentionLayers()) {
      inputs.put("kv_pool." + layer.id(), Numbers.random(random, rows, layer.tokens(height, width), layer.channels()));
    }
  }

  /** What each row sees, row by row. */
  private static void index(Map<String, Numbers> inputs, float... seen) {
    inputs.put("kv_index", new Numbers(new long[] {ROWS, seen.length / ROWS}, seen));
  }

  private static Set<String> all(UNet2DCondition unet) {
    return unet.attentionLayers().stream().map(AttentionLayer::id).collect(Collectors.toSet());
  }

  @Test
  void namesTheSixteenLayersOfStableDiffusion() {
    List<AttentionLayer> layers = new Fixture("sd15").unet().attentionLayers();
    assertThat(layers).extracting(AttentionLayer::id).containsExactly("d0a0", "d0a1", "d1a0", "d1a1", "d2a0", "d2a1", "m",
        "u1a0", "u1a1", "u1a2", "u2a0", "u2a1", "u2a2", "u3a0", "u3a1", "u3a2");
    assertThat(layers).extracting(layer -> layer.tokens(64, 64)).containsExactly(4096L, 4096L, 1024L, 1024L, 256L, 256L, 64L,
        256L, 256L, 256L, 1024L, 1024L, 1024L, 4096L, 4096L, 4096L);
    assertThat(layers.get(9).path()).isEqualTo("up_blocks.1.attentions.2");
  }

  @ParameterizedTest
  @CsvSource({"64, 96, 96", "9, 5, 2"})
  void countsTokensWithOddLengthsRoundedUp(long height, long width, long inTheMiddle) {
    AttentionLayer middle = new Fixture("sd15").unet().attentionLayers().get(6);
    assertThat(middle.tokens(height, width)).isEqualTo(inTheMiddle);
  }

  @Test
  void refusesAPortAtALayerThatIsNotThere() {
    UNet2DCondition unet = new Fixture("sd15").unet();
    assertThatThrownBy(() -> unet.graph(UNet2DCondition.Options.of(8, 8).porting(Set.of("u1a0", "u0a0"))))
        .isInstanceOf(RequestFault.class).hasMessageContaining("no attention layer u0a0").hasMessageContaining("u1a0");
  }
}
