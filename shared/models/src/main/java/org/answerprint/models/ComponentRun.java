package org.answerprint.models;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.answerprint.bundles.Component;
import org.answerprint.bundles.ComponentKind;
import org.answerprint.faults.RequestFault;
import org.answerprint.graph.Dim;
import org.answerprint.graph.Graph;
import org.answerprint.graph.Lora;
import org.answerprint.graph.NamedType;
import org.answerprint.graph.Recompute;
import org.answerprint.graph.TrainingGraph;
import org.answerprint.networks.AttentionLayer;
import org.answerprint.networks.AutoencoderKL;
import org.answerprint.networks.ClipSize;
import org.answerprint.networks.ClipText;
import org.answerprint.networks.DptDepth;
import org.answerprint.networks.PictureWords;
import org.answerprint.networks.UNet2DCondition;
import org.answerprint.networks.UNet3DCondition;
import org.answerprint.weights.Shape;
import org.answerprint.weights.Tensor;
import org.answerprint.weights.Tensors;

/**
 * One pass through a component of a model, from named tensors to named tensors; the size of the graph follows from theirs. What may
 * be left out: the video UNet's {@code temporal_mask} (every frame sees every other) and {@code temporal_gate} (1); beside a
 * {@code kv_index}, which opens the attention ports, {@code kv_pool.*} (all decoder layers, one row of zeros, which is number 0)
 * and {@code kv_keep} (row 0). {@code unet_video_train} takes the {@code lora.{path}.A} and {@code .B} of any linear layers, of any
 * rank and with an alpha that is the rank; without any it gives the gradients of all weights. Its {@code loss_weight} is 1 where it
 * is left out.
 */
public final class ComponentRun {

  private static final String POOL = "kv_pool.";
  private static final String SAMPLE = "sample";

  private ComponentRun() {}

  /** What can be run of a model, by name. */
  public static List<String> names(Model model) {
    return model.components().stream().flatMap(component -> names(component.kind()).stream()).toList();
  }

  private static List<String> names(ComponentKind kind) {
    return switch (kind) {
      case TEXT_ENCODER -> List.of("text_encoder");
      case AUTOENCODER -> List.of("vae_encoder", "vae_decoder");
      case DEPTH_ESTIMATOR -> List.of("depth_estimator");
      case CAPTIONER -> List.of("captioner");
      case IMAGE_UNET, SEINE_UNET -> List.of("unet");
      case VIDEO_UNET -> List.of("unet", "unet_video", "unet_video_features", "unet_video_vjp", "unet_video_train");
    };
  }

  /**
   * Runs one.
   *
   * @param component one of {@link #names}
   * @throws RequestFault where there is no such component, or an input is missing or does not fit
   */
  public static Map<String, Tensor> run(Model model, String component, Tensors inputs) {
    Component part = model.components().stream().filter(each -> names(each.kind()).contains(component)).findFirst()
        .orElseThrow(() -> new RequestFault("%s has nothing to run that is called %s; give one of %s".formatted(
            model.folder(), component, String.join(", ", names(model)))));
    Map<String, Tensor> given = new HashMap<>(inputs.asMap());
    return switch (component) {
      case "text_encoder" -> text(part, given);
      case "vae_encoder" -> encode(part, given);
      case "vae_decoder" -> decode(part, given);
      case "depth_estimator" -> depth(part, given);
      case "captioner" -> words(part, given);
      case "unet_video_features" -> video(part, given, (unet, size) -> unet.features(size, unet.decoderLayers()));
      case "unet_video_vjp" -> video(part, given, (unet, size) -> unet.gradient(size, unet.decoderLayers(), Recompute.BLOCKS));
      case "unet_video_train" -> train(part, given);
      default -> forward(part, given);
    };
  }

  /** A denoiser's pass. */
  static Map<String, Tensor> forward(Component unet, Map<String, Tensor> inputs) {
    if (unet.kind() == ComponentKind.IMAGE_UNET && inputs.containsKey("kv_index")) {
      return ported(unet, inputs);
    }
    try (Pass pass = Pass.of(unet, inputs)) {
      return pass.run(inputs);
    }
  }

  private static Map<String, Tensor> text(Component component, Map<String, Tensor> inputs) {
    try (Network<ClipText> network = Network.open(component, ClipText.class)) {
      if (inputs.containsKey("input_ids")) {
        requireWithin(inputs.get("input_ids"), network.definition().vocabSize());
      }
      return network.run(text -> text.graph(ClipText.Options.ALL_LAYERS), inputs);
    }
  }

  private static Map<String, Tensor> encode(Component component, Map<String, Tensor> inputs) {
    long[] shape = shape(inputs, SAMPLE, 4);
    try (Network<AutoencoderKL> network = Network.open(component, AutoencoderKL.class)) {
      return network.run(vae -> vae.encoder(AutoencoderKL.Options.of(shape[2], shape[3])), inputs);
    }
  }

  private static Map<String, Tensor> decode(Component component, Map<String, Tensor> inputs) {
    long[] shape = shape(inputs, "latent_sample", 4);
    try (Network<AutoencoderKL> network = Network.open(component, AutoencoderKL.class)) {
      return network.run(vae -> vae.decoder(AutoencoderKL.Options.of(shape[2], shape[3])), inputs);
    }
  }

  private static Map<String, Tensor> depth(Component component, Map<String, Tensor> inputs) {
    long[] shape = shape(inputs, "pixel_values", 4);
    try (Network<DptDepth> network = Network.open(component, DptDepth.class)) {
      return network.run(depth -> depth.graph(new DptDepth.Options(Dim.of("B"), shape[2], shape[3])), inputs);
    }
  }

  private static Map<String, Tensor> words(Component component, Map<String, Tensor> inputs) {
    try (Network<PictureWords> network = Network.open(component, PictureWords.class)) {
      return network.run(words -> words.graph(Dim.of("B")), inputs);
    }
  }

  private static Map<String, Tensor> ported(Component component, Map<String, Tensor> inputs) {
    long[] shape = shape(inputs, SAMPLE, 4);
    try (Network<UNet2DCondition> network = Network.open(component, UNet2DCondition.class)) {
      Map<String, Tensor> all = ported(network.definition(), shape, inputs);
      long carried = all.entrySet().stream().filter(entry -> entry.getKey().startsWith(POOL)).findFirst()
          .map(entry -> entry.getValue().shape().rank() == 0 ? 0 : entry.getValue().shape().axes().getFirst()).orElse(0L);
      requireWithin(all.get("kv_index"), carried + shape[0]);
      requireWithin(all.get("kv_keep"), shape[0]);
      return network.run(unet -> unet.graph(imageSize(inputs).porting(pools(all))), all);
    }
  }

  /** The inputs with those of the ports that were left out. */
  private static Map<String, Tensor> ported(UNet2DCondition unet, long[] sample, Map<String, Tensor> inputs) {
    Map<String, Tensor> all = Inputs.with(inputs, Inputs.longs("kv_keep", Shape.of(1), 0));
    if (pools(inputs).isEmpty()) {
      for (AttentionLayer layer : Definitions.layers(unet)) {
        all.put(POOL + layer.id(), Inputs.zeros(POOL + layer.id(), 1, layer.tokens(sample[2], sample[3]), layer.channels()));
      }
    }
    return all;
  }

  private static Set<String> pools(Map<String, Tensor> inputs) {
    return inputs.keySet().stream().filter(name -> name.startsWith(POOL)).map(name -> name.substring(POOL.length()))
        .collect(Collectors.toSet());
  }

  /** What is asked of a video UNet. */
  private interface VideoGraph {
    Graph of(UNet3DCondition unet, ClipSize size);
  }

  private static Map<String, Tensor> video(Component component, Map<String, Tensor> inputs, VideoGraph graph) {
    ClipSize size = clipSize(inputs);
    try (Network<UNet3DCondition> network = Network.open(component, UNet3DCondition.class)) {
      return network.run(unet -> graph.of(unet, size), open(size, inputs));
    }
  }

  private static Map<String, Tensor> train(Component component, Map<String, Tensor> inputs) {
    Map<String, Tensor> all = Inputs.with(inputs, Inputs.scalar(TrainingGraph.LOSS_WEIGHT, 1));
    return video(component, all, (unet, size) -> {
      Graph network = unet.graph(size, Set.of());
      Map<String, Lora.Adapter> adapters = adapters(network, inputs);
      List<String> trained = adapters.isEmpty() ? network.weights().stream().map(NamedType::name).toList()
          : adapters.keySet().stream().flatMap(path -> Stream.of(Lora.inputA(path), Lora.inputB(path))).toList();
      return TrainingGraph.of(Lora.asInputs(network, adapters), "out_sample", trained, Recompute.BLOCKS);
    });
  }

  /** Those whose A is given, in the order of the network. @throws RequestFault where one is given to no linear layer */
  private static Map<String, Lora.Adapter> adapters(Graph network, Map<String, Tensor> inputs) {
    Map<String, Lora.Adapter> adapters = new LinkedHashMap<>();
    Set<String> known = new HashSet<>();
    for (String path : Lora.layers(network).keySet()) {
      known.addAll(List.of(Lora.inputA(path), Lora.inputB(path)));
      if (inputs.containsKey(Lora.inputA(path))) {
        int rank = Math.toIntExact(shape(inputs, Lora.inputA(path), 2)[0]);
        adapters.put(path, new Lora.Adapter(rank, rank));
      }
    }
    inputs.keySet().stream().filter(name -> name.startsWith("lora.") && !known.contains(name)).findFirst().ifPresent(name -> {
      throw new RequestFault("the input %s is no adapter of this network; give lora.{path}.A and lora.{path}.B of its linear layers"
          .formatted(name));
    });
    return adapters;
  }

  /** Every frame sees every other, and the convolutions along time count, where nothing else is said. */
  static Map<String, Tensor> open(ClipSize size, Map<String, Tensor> inputs) {
    return Inputs.with(inputs, Inputs.zeros("temporal_mask", size.frames(), size.frames()), Inputs.scalar("temporal_gate", 1));
  }

  /** As large as the sample is, with as many tokens as the text has. */
  static UNet2DCondition.Options imageSize(Map<String, Tensor> inputs) {
    long[] sample = shape(inputs, SAMPLE, 4);
    long tokens = shape(inputs, "encoder_hidden_states", 3)[1];
    return UNet2DCondition.Options.of(sample[2], sample[3]).ofTokens(Math.toIntExact(tokens));
  }

  /** The same of a clip. */
  static ClipSize clipSize(Map<String, Tensor> inputs) {
    long[] sample = shape(inputs, SAMPLE, 5);
    return new ClipSize(Dim.of(sample[0]), sample[2], sample[3], sample[4], shape(inputs, "encoder_hidden_states", 3)[1]);
  }

  private static long[] shape(Map<String, Tensor> inputs, String name, int rank) {
    if (!inputs.containsKey(name)) {
      throw new RequestFault("the input %s is missing among %s; give it".formatted(name, inputs.keySet()));
    }
    Shape shape = ImageGoldens.requireRank(inputs.get(name), rank);
    if (shape.axes().contains(0L)) {
      throw new RequestFault("the input %s has the shape %s; give one without axes of length 0".formatted(name, shape));
    }
    return shape.toArray();
  }

  private static void requireWithin(Tensor numbers, long end) {
    if (!Arrays.stream(GraphRun.integers(numbers)).allMatch(number -> number >= 0 && number < end)) {
      throw new RequestFault("%s holds numbers outside 0 to %d; give numbers within".formatted(numbers.name(), end - 1));
    }
  }
}
