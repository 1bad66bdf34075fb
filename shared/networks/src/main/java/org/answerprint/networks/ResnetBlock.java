package org.answerprint.networks;

import java.util.Optional;
import java.util.function.BiFunction;
import org.answerprint.graph.GraphBuilder;
import org.answerprint.graph.Tensor;

/**
 * Two convolutions, each after a group normalisation and SiLU, beside a shortcut: {@code [B, C, h, w]} to
 * {@code [B, channels, h, w]}. Weights: {@code norm1}, {@code conv1}, {@code time_emb_proj} where there is a time embedding,
 * {@code norm2}, {@code conv2}, and {@code conv_shortcut} where the number of channels changes.
 *
 * @param channels that come out
 * @param groups of the normalisations
 * @param epsilon of the normalisations
 */
public record ResnetBlock(int channels, int groups, double epsilon) {

  /** The block where no time embedding comes in, as in an autoencoder. */
  public Tensor of(GraphBuilder g, Tensor x) {
    return of(g, x, Optional.empty(), this::normalised);
  }

  /**
   * The block where a time embedding shifts the channels between the convolutions.
   *
   * @param g at the block's own path
   * @param time {@code [B or 1, any]}
   */
  public Tensor of(GraphBuilder g, Tensor x, Tensor time) {
    return of(g, x, time, this::normalised);
  }

  /** The block with a normalisation of another kind: of a tensor, by a builder at the normalisation's own path. */
  Tensor of(GraphBuilder g, Tensor x, Tensor time, BiFunction<GraphBuilder, Tensor, Tensor> norm) {
    return of(g, x, Optional.of(time), norm);
  }

  private Tensor of(GraphBuilder g, Tensor x, Optional<Tensor> time, BiFunction<GraphBuilder, Tensor, Tensor> norm) {
    Tensor h = normalisedConvolution(g, x, 1, norm);
    if (time.isPresent()) {
      Tensor shift = g.in("time_emb_proj").linear(g.silu(time.get()), channels, true);
      h = g.add(h, g.reshape(shift, 0, 0, 1, 1));
    }
    h = normalisedConvolution(g, h, 2, norm);
    Tensor shortcut = x.dim(1).is(channels) ? x : g.in("conv_shortcut").conv(x, channels, 1, 1, 0);
    return g.add(shortcut, h);
  }

  private Tensor normalised(GraphBuilder g, Tensor x) {
    return g.groupNorm(x, groups, epsilon);
  }

  private Tensor normalisedConvolution(GraphBuilder g, Tensor x, int number, BiFunction<GraphBuilder, Tensor, Tensor> norm) {
    Tensor h = g.silu(norm.apply(g.in("norm" + number), x));
    return g.in("conv" + number).conv(h, channels, 3, 1, 1);
  }
}
