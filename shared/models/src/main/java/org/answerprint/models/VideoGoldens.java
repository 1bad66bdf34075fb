package org.answerprint.models;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.answerprint.bundles.ComponentKind;
import org.answerprint.graph.Recompute;
import org.answerprint.graph.TrainingGraph;
import org.answerprint.networks.AttentionLayer;
import org.answerprint.networks.ClipSize;
import org.answerprint.networks.SelfSimilarity;
import org.answerprint.networks.UNet3DCondition;
import org.answerprint.weights.Tensor;

/** What methods ask of a video UNet beside its prediction: keys and gradients. */
final class VideoGoldens {

  private static final String KEYS = "self_keys.";
  private static final String GRADIENT = "grad.";
  /** Of the largest gradient, a share that is rounding: of one frame, queries along time have none. */
  private static final double NOTHING = 1e-3;

  private VideoGoldens() {}

  private static Network<UNet3DCondition> open(Model model) {
    return Network.open(model.component(ComponentKind.VIDEO_UNET), UNet3DCondition.class);
  }

  private static Map<String, Tensor> inputs(Golden golden, String... more) {
    Map<String, Tensor> inputs = golden.inputs("sample", "timestep", "encoder_hidden_states");
    inputs.putAll(golden.inputs(more));
    return ComponentRun.open(ComponentRun.clipSize(inputs), inputs);
  }

  /** A golden's tensors of layers, by the layers' ids. */
  private static Map<String, Tensor> ofLayers(UNet3DCondition unet, Golden golden, String prefix) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (AttentionLayer layer : unet.attentionLayers()) {
      String name = prefix + layer.path() + ".transformer_blocks.0.attn1.to_k";
      if (golden.names(name).contains(name)) {
        tensors.put(layer.id(), golden.get(name));
      }
    }
    return tensors;
  }

  /** Keys, and their vector-Jacobian product with respect to the sample. */
  static List<Comparison> keys(Model model, Golden golden) {
    Map<String, Tensor> inputs = inputs(golden);
    try (Network<UNet3DCondition> network = open(model)) {
      Map<String, Tensor> gradients = ofLayers(network.definition(), golden, "grad_" + KEYS);
      gradients.forEach((id, gradient) -> inputs.put(UNet3DCondition.keysGradient(id), gradient));
      Map<String, Tensor> found = network.run(
          unet -> unet.gradient(ComponentRun.clipSize(inputs), gradients.keySet(), Recompute.BLOCKS), inputs);
      List<Comparison> comparisons = new ArrayList<>();
      ofLayers(network.definition(), golden, KEYS).forEach((id, wanted) -> comparisons.add(
          Comparison.of(found.get(UNet3DCondition.keys(id)), wanted, Comparison.FORWARD)));
      comparisons.add(Comparison.of(found.get("grad_sample"), golden.get("grad_sample"), Comparison.GRADIENT));
      return comparisons;
    }
  }

  /** DreamMotion's two losses over all decoder keys, and their gradients with respect to the sample. */
  static List<Comparison> selfSimilarity(Model model, Golden golden) {
    Map<String, Tensor> inputs = inputs(golden);
    ClipSize size = ComponentRun.clipSize(inputs);
    List<Comparison> comparisons = new ArrayList<>();
    try (Network<UNet3DCondition> network = open(model)) {
      UNet3DCondition unet = network.definition();
      Map<String, Tensor> pair = new HashMap<>();
      try (GraphRun features = network.start(it -> it.features(size, it.decoderLayers()))) {
        pair.putAll(features.run(inputs));
        Map<String, Tensor> source = new HashMap<>(inputs);
        source.put("sample", golden.get("source_sample"));
        features.run(source).forEach((name, keys) -> pair.put(SelfSimilarity.sourceKeys(name.substring(KEYS.length())), keys));
      }
      try (GraphRun losses = network.start(it -> SelfSimilarity.graph(size, Definitions.layers(it)));
          GraphRun gradient = network.start(it -> it.gradient(size, unet.decoderLayers(), Recompute.BLOCKS))) {
        for (String kind : List.of("spatial", "temporal")) {
          Map<String, Tensor> found = losses.run(Inputs.with(pair,
              Inputs.scalar("weight_spatial", kind.equals("spatial") ? 1 : 0),
              Inputs.scalar("weight_temporal", kind.equals("temporal") ? 1 : 0)));
          comparisons.add(Comparison.of(found.get("loss_" + kind), golden.get("loss_" + kind), Comparison.GRADIENT));
          Map<String, Tensor> back = new HashMap<>(inputs);
          back.putAll(found);
          comparisons.add(Comparison.of("grad_" + kind, gradient.run(back).get("grad_sample").toFloats(),
              golden.get("grad_" + kind).toFloats(), Comparison.GRADIENT));
        }
      }
    }
    return comparisons;
  }

  /** The loss of a prediction, and its gradients with respect to weights. */
  static List<Comparison> finetuning(Model model, Golden golden) {
    Map<String, Tensor> inputs = Inputs.with(inputs(golden, "target"), Inputs.scalar(TrainingGraph.LOSS_WEIGHT, 1));
    List<String> gradients = golden.names(GRADIENT);
    double largest = gradients.stream().mapToDouble(name -> Comparison.norm(golden.get(name).toFloats())).max().orElse(0);
    try (Network<UNet3DCondition> network = open(model)) {
      Map<String, Tensor> found = network.run(unet -> TrainingGraph.of(unet.graph(ComponentRun.clipSize(inputs), Set.of()),
          "out_sample", gradients.stream().map(name -> name.substring(GRADIENT.length())).toList(), Recompute.BLOCKS), inputs);
      List<Comparison> comparisons = new ArrayList<>();
      comparisons.add(Comparison.of(found.get(TrainingGraph.LOSS), golden.get("loss"), Comparison.FORWARD));
      gradients.forEach(name -> comparisons.add(Comparison.of(name, found.get(name).toFloats(), golden.get(name).toFloats(),
          NOTHING * largest, Comparison.GRADIENT)));
      return comparisons;
    }
  }
}
