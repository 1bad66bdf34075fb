package org.answerprint.models;

import java.util.List;
import org.answerprint.bundles.Component;
import org.answerprint.bundles.ComponentFacts;
import org.answerprint.bundles.NetworkDefinitions;
import org.answerprint.bundles.PortedLayer;
import org.answerprint.faults.RequestFault;
import org.answerprint.networks.AttentionLayer;
import org.answerprint.networks.AutoencoderKL;
import org.answerprint.networks.ClipText;
import org.answerprint.networks.Config;
import org.answerprint.networks.DptDepth;
import org.answerprint.networks.NetworkDefinition;
import org.answerprint.networks.PictureWords;
import org.answerprint.networks.SeineUNet;
import org.answerprint.networks.UNet2DCondition;
import org.answerprint.networks.UNet3DCondition;
import org.answerprint.weights.Tensors;
import org.answerprint.weights.WantedTensor;
import org.answerprint.weights.WantedTensors;

/** The definitions of {@code networks}, asked by an import. It runs nothing. Immutable. */
public final class Definitions implements NetworkDefinitions {

  /** The network that a component's config describes. @throws RequestFault that names every field that is wrong */
  public static NetworkDefinition of(Component component) {
    Config config = Config.parse(component.weights().resolveSibling("config.json").toString(), component.config().toString());
    return switch (component.kind()) {
      case TEXT_ENCODER -> ClipText.of(config);
      case IMAGE_UNET -> UNet2DCondition.of(config);
      case VIDEO_UNET -> UNet3DCondition.of(config);
      case SEINE_UNET -> SeineUNet.of(config);
      case AUTOENCODER -> AutoencoderKL.of(config);
      case DEPTH_ESTIMATOR -> DptDepth.of(config);
      case CAPTIONER -> PictureWords.of(config);
    };
  }

  /** A file's tensors under the names that the definition knows them by, without those it has no use for. */
  static Tensors named(NetworkDefinition network, Tensors stored) {
    return stored.renamed(network::currentName).only(name -> !network.ignores(name));
  }

  @Override
  public ComponentFacts check(Component component, Tensors tensors) {
    NetworkDefinition network = of(component);
    List<WantedTensor> wanted = network.weights().stream()
        .map(weight -> WantedTensor.floats(weight.name(), weight.type().shape().sizes())).toList();
    List<String> problems = WantedTensors.of(wanted).problems(named(network, tensors));
    return new ComponentFacts(problems, layers(network).stream()
        .map(layer -> new PortedLayer(layer.id(), 1 << layer.halvings(), layer.channels(), layer.heads())).toList());
  }

  /** The layers that methods open: the decoder's. */
  static List<AttentionLayer> layers(NetworkDefinition network) {
    List<AttentionLayer> all = switch (network) {
      case UNet2DCondition image -> image.attentionLayers();
      case UNet3DCondition video -> video.attentionLayers();
      default -> List.of();
    };
    return all.stream().filter(AttentionLayer::isDecoder).toList();
  }
}
