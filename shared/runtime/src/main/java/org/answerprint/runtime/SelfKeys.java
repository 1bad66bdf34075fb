package org.answerprint.runtime;

import java.util.LinkedHashMap;
import java.util.Map;
import org.answerprint.faults.RequestFault;
import org.answerprint.graph.ElementType;
import org.answerprint.graph.Graph;
import org.answerprint.graph.NamedType;
import org.answerprint.graph.Shape;

/**
 * The keys of a video denoiser's self-attentions, and what a loss of them says of the sample: the graphs {@code unet_video_features}
 * and {@code unet_video_vjp}. Not for several threads at once.
 */
public final class SelfKeys implements AutoCloseable {

  private static final String KEYS = "self_keys.";
  private static final String GRADIENT = "grad_self_keys.";

  private final ClipPorts ports;
  private final Map<String, Shape> incoming;
  private final Map<String, Shape> layers;

  private SelfKeys(ClipPorts ports, Map<String, Shape> layers, Map<String, Shape> incoming) {
    this.ports = ports;
    this.layers = layers;
    this.incoming = incoming;
  }

  /** Loads the graph of keys, with or without the way back. @throws RequestFault where it is neither */
  public static SelfKeys open(Engine engine, Graph graph, BoundWeights weights) {
    Ports named = new Ports(ClipPorts.COMPONENT, graph);
    Map<String, Shape> layers = new LinkedHashMap<>();
    Map<String, Shape> incoming = new LinkedHashMap<>();
    for (NamedType input : graph.inputs()) {
      if (input.name().startsWith(GRADIENT)) {
        incoming.put(input.name().substring(GRADIENT.length()), named.input(input.name(), ElementType.FLOAT, 3));
      }
    }
    for (NamedType output : graph.outputs()) {
      if (output.name().startsWith(KEYS)) {
        layers.put(output.name().substring(KEYS.length()), named.output(output.name(), 3));
      }
    }
    if (layers.isEmpty() && incoming.isEmpty()) {
      throw new RequestFault("The graph has no self_keys; give one of a video UNet's features");
    }
    if (!incoming.isEmpty()) {
      named.output("grad_sample", 5);
    }
    return new SelfKeys(ClipPorts.open(engine, graph, weights), layers, incoming);
  }

  /** Keys by layer, {@code [B F, T, C]} each. */
  public Map<String, float[]> of(float[] samples, double timestep, float[] texts, AlongTime time) {
    ports.fill(samples, timestep, texts, time);
    ports.session().run();
    return keys();
  }

  /** Keys, and the gradient with respect to the sample {@code [B, Cin, F, h, w]}. */
  public record Followed(Map<String, float[]> keys, float[] sampleGradient) {}

  /**
   * The vector-Jacobian product of gradients with respect to the keys.
   *
   * @param gradients by layer, as long as the keys
   * @throws RequestFault where one is missing
   */
  public Followed back(float[] samples, double timestep, float[] texts, AlongTime time, Map<String, float[]> gradients) {
    ports.fill(samples, timestep, texts, time);
    incoming.forEach((layer, shape) -> {
      float[] gradient = gradients.get(layer);
      if (gradient == null) {
        throw new RequestFault("The gradient of the keys of layer %s is missing among %s; give it".formatted(layer, gradients.keySet()));
      }
      long rows = Slot.rows(gradient.length, shape.size(1) * shape.size(2));
      ports.session().floats(GRADIENT + layer, rows, shape.size(1), shape.size(2)).put(gradient);
    });
    ports.session().run();
    return new Followed(keys(), ports.session().values("grad_sample"));
  }

  private Map<String, float[]> keys() {
    Map<String, float[]> keys = new LinkedHashMap<>();
    layers.keySet().forEach(layer -> keys.put(layer, ports.session().values(KEYS + layer)));
    return keys;
  }

  @Override
  public void close() {
    ports.session().close();
  }
}
