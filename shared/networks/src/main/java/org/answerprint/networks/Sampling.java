package org.answerprint.networks;

import org.answerprint.graph.GraphBuilder;
import org.answerprint.graph.Interpolation;
import org.answerprint.graph.Tensor;
import org.answerprint.graph.Window;

/** Half and double the height and width of {@code [B, C, h, w]}, with one convolution {@code conv}; channels stay. */
public final class Sampling {

  private Sampling() {}

  /** Every second place of a convolution with a zero on each side, as in a UNet: odd lengths are rounded up. */
  public static Tensor halved(GraphBuilder g, Tensor x) {
    return g.in("conv").conv(x, x.size(1), 3, 2, 1);
  }

  /** Every second place of a convolution with one zero at the far ends only, as in an autoencoder: odd lengths are rounded down. */
  public static Tensor halvedFromTheStart(GraphBuilder g, Tensor x) {
    return g.in("conv").conv(x, x.size(1), new long[] {3, 3}, Window.of(2, 2, 0, 1), true);
  }

  /** A convolution of the nearest places. */
  public static Tensor doubled(GraphBuilder g, Tensor x) {
    return enlarged(g, x, 2 * x.size(2), 2 * x.size(3));
  }

  /** As {@link #doubled}, to the height and width of a skip connection whose odd lengths were rounded up on the way down. */
  public static Tensor enlarged(GraphBuilder g, Tensor x, long height, long width) {
    return g.in("conv").conv(g.resize(x, Interpolation.NEAREST, height, width), x.size(1), 3, 1, 1);
  }
}
