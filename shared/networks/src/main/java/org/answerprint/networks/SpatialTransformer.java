package org.answerprint.networks;

import java.util.Optional;
import java.util.function.IntFunction;
import org.answerprint.graph.GraphBuilder;
import org.answerprint.graph.Tensor;

/**
 * Transformer blocks over the places of an image, beside a shortcut: {@code [B, C, h, w]} to {@code [B, C, h, w]}. Weights:
 * {@code norm}, {@code proj_in}, {@code transformer_blocks.{i}}, {@code proj_out}.
 *
 * @param heads of each attention
 * @param layers how many transformer blocks
 * @param groups of the normalisation
 * @param linearProjection whether {@code proj_in} and {@code proj_out} are stored as linear layers, {@code [C, C]}, as in
 *     Stable Diffusion 2, and not as convolutions, {@code [C, C, 1, 1]}, as in 1.x
 */
public record SpatialTransformer(int heads, int layers, int groups, boolean linearProjection) {

  private static final double EPSILON = 1e-6;

  /**
   * The transformer.
   *
   * @param g at its own path
   * @param text {@code [B, S, any]}
   * @param ports the port of each transformer block's self-attention
   */
  public Tensor of(GraphBuilder g, Tensor x, Tensor text, IntFunction<AttentionPort> ports) {
    return around(g, x, (block, i, h) -> new TransformerBlock(heads).of(block, h, Optional.of(text), ports.apply(i)));
  }

  /** What a transformer has between its projections: block i, at its own path, of tokens {@code [B, h w, C]}. */
  interface Block {
    Tensor of(GraphBuilder g, int i, Tensor tokens);
  }

  /** The transformer with blocks of another kind. */
  Tensor around(GraphBuilder g, Tensor x, Block block) {
    Tensor h = tokens(g, g.in("norm").groupNorm(x, groups, EPSILON));
    h = projection(g.in("proj_in"), h);
    for (int i = 0; i < layers; i++) {
      h = block.of(g.in("transformer_blocks." + i), i, h);
    }
    h = projection(g.in("proj_out"), h);
    return g.add(x, g.reshape(g.swapLastAxes(h), x.shape()));
  }

  private static Tensor tokens(GraphBuilder g, Tensor x) {
    return g.swapLastAxes(g.reshape(x, 0, 0, -1));
  }

  /** A convolution of one place is a linear layer of its channels: both forms are written as one, on tokens. */
  private Tensor projection(GraphBuilder g, Tensor h) {
    long width = h.size(-1);
    Tensor weight = linearProjection ? g.weight("weight", width, width)
        : g.reshape(g.weight("weight", width, width, 1, 1), width, width);
    return g.linear(h, weight, g.weight("bias", width));
  }
}
