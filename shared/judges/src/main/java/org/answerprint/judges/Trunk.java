package org.answerprint.judges;

import java.util.List;
import org.answerprint.graph.GraphBuilder;
import org.answerprint.graph.Tensor;
import org.answerprint.graph.Window;

/**
 * The part of a network that sees: four convolutions, each with group normalisation and SiLU, and then the mean and the greatest
 * value of each channel over all places. So pictures of any size give equally many numbers.
 *
 * @param layers one after the other
 */
record Trunk(List<Layer> layers) {

  /**
   * One convolution.
   *
   * @param channels that come out
   * @param kernel odd
   * @param stride 1 or 2
   */
  record Layer(long channels, long kernel, long stride) {}

  static final Trunk USUAL = new Trunk(List.of(new Layer(24, 5, 2), new Layer(48, 3, 1), new Layer(72, 5, 2), new Layer(96, 3, 2)));

  private static final int GROUPS = 8;
  private static final double EPSILON = 1e-5;

  /** What is seen in pictures {@code [B, 3, H, W]} of -1 to 1: {@code [B, 2 C]} with the last layer's C channels. */
  Tensor of(GraphBuilder g, Tensor pictures) {
    Tensor x = pictures;
    for (int i = 0; i < layers.size(); i++) {
      Layer layer = layers.get(i);
      x = g.in("conv" + i).conv(x, layer.channels(), layer.kernel(), layer.stride(), layer.kernel() / 2);
      x = g.silu(g.in("norm" + i).groupNorm(x, GROUPS, EPSILON));
    }
    return g.concat(1, g.mean(x, 2, 3), greatest(g, x));
  }

  /** One axis after the other: the gradient of so few comparisons is cheap. */
  private static Tensor greatest(GraphBuilder g, Tensor x) {
    Window whole = Window.of(2, 1, 0, 0);
    Tensor rows = g.maxPool(x, new long[] {x.size(2), 1}, whole);
    return g.reshape(g.maxPool(rows, new long[] {1, x.size(3)}, whole), 0, -1);
  }
}
