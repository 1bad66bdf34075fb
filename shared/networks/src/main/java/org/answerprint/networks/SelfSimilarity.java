package org.answerprint.networks;

import java.util.ArrayList;
import java.util.List;
import org.answerprint.graph.Dim;
import org.answerprint.graph.ElementType;
import org.answerprint.graph.Graph;
import org.answerprint.graph.GraphBuilder;
import org.answerprint.graph.Shape;
import org.answerprint.graph.Tensor;

/**
 * DreamMotion's losses (Jeong and others, 2024) of self-attention keys: what a clip's keys resemble among themselves is to be
 * what the source clip's do. Spatial: the cosines between all places of a frame, squared differences summed, mean over frames.
 * Temporal: the cosines between the frames' mean keys, squared differences summed. Both are sums over layers and clips.
 */
public final class SelfSimilarity {

  public static final String SPATIAL = "loss_spatial";
  public static final String TEMPORAL = "loss_temporal";

  /** Too small to be seen beside any key, and keeps a key of zeros from dividing by zero. */
  private static final double NOTHING = 1e-24;

  private SelfSimilarity() {}

  /** The input that holds a layer's keys of the source clip. */
  public static String sourceKeys(String layer) {
    return "source_keys." + layer;
  }

  /**
   * Both losses, and their gradients with respect to the keys. Inputs, all FLOAT: {@code self_keys.{id}} and
   * {@code source_keys.{id}} {@code [B F, T, C]} for each layer, {@code weight_spatial} and {@code weight_temporal} without
   * axes. Outputs: {@code loss_spatial} and {@code loss_temporal} without axes, and {@code grad_self_keys.{id}}, the gradient
   * of their weighted sum.
   *
   * @param layers of the network that the keys come from
   */
  public static Graph graph(ClipSize size, List<AttentionLayer> layers) {
    GraphBuilder g = GraphBuilder.create();
    List<Tensor> keys = new ArrayList<>();
    Tensor spatial = g.scalar(ElementType.FLOAT, 0);
    Tensor temporal = spatial;
    for (AttentionLayer layer : layers) {
      long frames = size.batch().times(size.frames()).value();
      Shape shape = Shape.of(frames, layer.tokens(size.height(), size.width()), layer.channels());
      Tensor own = g.input(UNet3DCondition.keys(layer.id()), ElementType.FLOAT, shape);
      Tensor source = g.input(sourceKeys(layer.id()), ElementType.FLOAT, shape);
      keys.add(own);
      spatial = g.add(spatial, g.divide(difference(g, own, source), size.frames()));
      temporal = g.add(temporal, difference(g, means(g, size, own), means(g, size, source)));
    }
    g.output(SPATIAL, spatial);
    g.output(TEMPORAL, temporal);
    Tensor loss = g.add(g.multiply(spatial, g.input("weight_spatial", ElementType.FLOAT, Shape.SCALAR)),
        g.multiply(temporal, g.input("weight_temporal", ElementType.FLOAT, Shape.SCALAR)));
    List<Tensor> gradients = g.gradient(loss, keys);
    for (int i = 0; i < gradients.size(); i++) {
      g.output(UNet3DCondition.keysGradient(layers.get(i).id()), gradients.get(i));
    }
    return g.build();
  }

  /** The squared differences of two maps of cosines, summed. */
  private static Tensor difference(GraphBuilder g, Tensor own, Tensor source) {
    return g.sumOfAll(g.square(g.subtract(cosines(g, own), cosines(g, source))));
  }

  /** Between all rows of {@code [..., rows, C]}. */
  private static Tensor cosines(GraphBuilder g, Tensor x) {
    Tensor unit = g.divide(x, g.sqrt(g.add(g.sumKeeping(g.square(x), -1), NOTHING)));
    return g.matMul(unit, false, unit, true);
  }

  /** {@code [B F, T, C]} to {@code [B, F, C]}. */
  private static Tensor means(GraphBuilder g, ClipSize size, Tensor keys) {
    return g.reshape(g.mean(keys, 1), Shape.of(size.batch(), Dim.of(size.frames()), keys.dim(2)));
  }
}
