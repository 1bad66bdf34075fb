package org.answerprint.models;

import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.answerprint.bundles.Component;
import org.answerprint.graph.Graph;
import org.answerprint.networks.ClipSize;
import org.answerprint.networks.NetworkDefinition;
import org.answerprint.networks.SeineUNet;
import org.answerprint.networks.UNet2DCondition;
import org.answerprint.networks.UNet3DCondition;
import org.answerprint.weights.Tensor;

/** A denoiser without ports, loaded for inputs of one size. For one thread. */
final class Pass implements AutoCloseable {

  private final Object size;
  private final Network<?> network;
  private final GraphRun run;

  private Pass(Object size, Network<?> network, GraphRun run) {
    this.size = size;
    this.network = network;
    this.run = run;
  }

  /** Loads what these inputs take. */
  static Pass of(Component unet, Map<String, Tensor> inputs) {
    return switch (unet.kind()) {
      case VIDEO_UNET -> ofClips(unet, UNet3DCondition.class, inputs, (network, size) -> network.graph(size, Set.of()));
      case SEINE_UNET -> ofClips(unet, SeineUNet.class, inputs, SeineUNet::graph);
      default -> {
        UNet2DCondition.Options size = ComponentRun.imageSize(inputs);
        yield open(unet, UNet2DCondition.class, size, network -> network.graph(size));
      }
    };
  }

  private static <D extends NetworkDefinition> Pass ofClips(
      Component unet, Class<D> type, Map<String, Tensor> inputs, BiFunction<D, ClipSize, Graph> graph) {
    ClipSize size = ComponentRun.clipSize(inputs);
    return open(unet, type, size, network -> graph.apply(network, size));
  }

  private static <D extends NetworkDefinition> Pass open(Component unet, Class<D> type, Object size, Function<D, Graph> graph) {
    Network<D> network = Network.open(unet, type);
    try {
      return new Pass(size, network, network.start(graph));
    } catch (RuntimeException | Error e) {
      network.close();
      throw e;
    }
  }

  /** Whether inputs of the same denoiser are of the size that this was loaded for. */
  boolean takes(Map<String, Tensor> inputs) {
    return size.equals(size instanceof ClipSize ? ComponentRun.clipSize(inputs) : ComponentRun.imageSize(inputs));
  }

  /** All outputs. */
  Map<String, Tensor> run(Map<String, Tensor> inputs) {
    return run.run(size instanceof ClipSize clip ? ComponentRun.open(clip, inputs) : inputs);
  }

  @Override
  public void close() {
    run.close();
    network.close();
  }
}
