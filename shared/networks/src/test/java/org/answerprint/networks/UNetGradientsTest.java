package org.answerprint.networks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.answerprint.graph.Graph;
import org.answerprint.graph.Lora;
import org.answerprint.graph.NamedType;
import org.answerprint.graph.Recompute;
import org.answerprint.graph.TrainingGraph;
import org.answerprint.weights.Tensors;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Gradients through a whole UNet, against differences of what it computes. */
class UNetGradientsTest {

  private static final double STEP = 4e-3;

  private final Random random = new Random(8);
  private final UNet2DCondition unet = Layouts.unet(Layouts.TWO_BLOCKS);
  private final Graph network = unet.graph(UNet2DCondition.Options.of(6, 5));
  private final Map<String, Numbers> inputs = Layouts.inputs(unet, random, 2, 6, 5);

  @ParameterizedTest
  @EnumSource(Recompute.class)
  void givesTheGradientOfTheSampleAndOfTheText(Recompute recompute) {
    List<String> wanted = List.of("sample", "encoder_hidden_states");
    Graph graph = InputGradients.of(network, List.of("out_sample"), wanted, recompute);
    try (Tensors weights = Trial.randomWeights(network.weights(), 4); Trial forward = Trial.of(network, weights);
        Trial backward = Trial.of(graph, weights)) {
      Numbers incoming = Numbers.random(random, 2, 4, 6, 5);
      inputs.put("grad_out_sample", incoming);
      Map<String, Numbers> found = backward.run(inputs);
      assertThat(found.get("out_sample").errorTo(forward.run(inputs).get("out_sample"))).isLessThan(1e-6);
      for (String name : wanted) {
        Numbers direction = found.get("grad_" + name);
        double length = Math.sqrt(direction.dot(direction));
        double slope = (incoming.dot(moved(forward, name, direction, STEP / length))
            - incoming.dot(moved(forward, name, direction, -STEP / length))) / (2 * STEP);
        assertThat(slope).as(name).isCloseTo(length, Percentage.withPercentage(0.5));
      }
    }
  }

  private Numbers moved(Trial forward, String name, Numbers direction, double by) {
    Map<String, Numbers> changed = new HashMap<>(inputs);
    changed.put(name, inputs.get(name).plus(direction, by));
    return forward.run(changed).get("out_sample");
  }

  @Test
  void givesTheGradientsOfAdaptersAtEveryAttention() {
    Map<String, Lora.Adapter> adapters = new LinkedHashMap<>();
    Lora.layers(network).keySet().stream().filter(path -> path.matches(".*attn[12].to_(q|k|v|out.0)"))
        .forEach(path -> adapters.put(path, new Lora.Adapter(3, 6)));
    assertThat(adapters).hasSize(8 * unet.attentionLayers().size());
    Graph adapted = Lora.asInputs(network, adapters);
    List<String> trained = new ArrayList<>();
    for (NamedType input : adapted.inputs()) {
      if (input.name().startsWith("lora.")) {
        long[] shape = input.type().shape().sizes();
        inputs.put(input.name(), input.name().endsWith(".B") ? Numbers.zeros(shape) : scaled(Numbers.random(random, shape), 0.2));
        trained.add(input.name());
      }
    }
    inputs.put(TrainingGraph.TARGET, Numbers.random(random, 2, 4, 6, 5));
    inputs.put(TrainingGraph.LOSS_WEIGHT, Numbers.scalar(0.7));
    Graph training = TrainingGraph.of(adapted, "out_sample", trained, Recompute.BLOCKS);
    try (Tensors weights = Trial.randomWeights(network.weights(), 6)) {
      try (Trial plain = Trial.of(network, weights); Trial open = Trial.of(adapted, weights)) {
        assertThat(open.run(inputs).get("out_sample").errorTo(plain.run(inputs).get("out_sample"))).isLessThan(1e-6);
      }
      trained.stream().filter(name -> name.endsWith(".B"))
          .forEach(name -> inputs.put(name, scaled(Numbers.random(random, inputs.get(name).shape()), 0.2)));
      try (Trial step = Trial.of(training, weights)) {
        requireSlopes(step, trained);
      }
    }
  }

  /** All adapters moved at once along the gradient: the loss changes by the gradient's length. */
  private void requireSlopes(Trial step, List<String> trained) {
    Map<String, Numbers> found = step.run(inputs);
    for (List<String> part : List.of(trained, trained.subList(0, 2), trained.subList(trained.size() - 2, trained.size()))) {
      double length = Math.sqrt(part.stream().mapToDouble(name -> {
        Numbers gradient = found.get(TrainingGraph.gradient(name));
        return gradient.dot(gradient);
      }).sum());
      // Along few the loss changes little beside its rounding, along many it bends sooner.
      double size = part == trained ? 1.5e-3 : 6e-3;
      double slope = (loss(step, part, found, size / length) - loss(step, part, found, -size / length)) / (2 * size);
      assertThat(slope).as(part.getFirst()).isCloseTo(length, Percentage.withPercentage(0.1));
    }
  }

  private double loss(Trial step, List<String> part, Map<String, Numbers> gradients, double by) {
    Map<String, Numbers> changed = new HashMap<>(inputs);
    part.forEach(name -> changed.put(name, inputs.get(name).plus(gradients.get(TrainingGraph.gradient(name)), by)));
    return step.run(changed).get(TrainingGraph.LOSS).values()[0];
  }

  private static Numbers scaled(Numbers numbers, double factor) {
    return numbers.plus(numbers, factor - 1);
  }
}
