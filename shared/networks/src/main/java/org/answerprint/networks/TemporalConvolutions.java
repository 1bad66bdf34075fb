package org.answerprint.networks;

import java.util.List;
import org.answerprint.graph.GraphBuilder;
import org.answerprint.graph.Tensor;
import org.answerprint.graph.Window;

/**
 * Four convolutions over three neighbouring frames, each after a normalisation over all frames and SiLU, beside a shortcut.
 * Weights: {@code conv1.0} and {@code conv1.2}, then {@code conv{n}.0} and {@code conv{n}.3}: the others have a dropout between.
 *
 * @param groups of the normalisations
 */
record TemporalConvolutions(int groups) {

  private static final double EPSILON = 1e-5;
  private static final Window OVER_TIME = new Window(List.of(1L, 1L, 1L), List.of(1L, 0L, 0L), List.of(1L, 0L, 0L));

  /**
   * The convolutions.
   *
   * @param g at their own path
   * @param images {@code [B F, C, h, w]}
   * @param gate one number that the convolutions' result is multiplied by: with 0 frames pass unchanged
   */
  Tensor of(GraphBuilder g, ClipSize size, Tensor images, Tensor gate) {
    Tensor h = size.clip(g, images);
    for (int i = 1; i <= 4; i++) {
      GraphBuilder conv = g.in("conv" + i);
      Tensor norm = conv.silu(conv.in("0").groupNorm(h, groups, EPSILON));
      h = conv.in(i == 1 ? "2" : "3").conv(norm, h.size(1), new long[] {3, 1, 1}, OVER_TIME, true);
    }
    return g.add(images, g.multiply(size.images(g, h), gate));
  }
}
