package org.answerprint.networks;

import java.util.Optional;
import org.answerprint.graph.GraphBuilder;
import org.answerprint.graph.Tensor;

/**
 * Self-attention, attention to a text, and a feed-forward layer, each after a layer normalisation and beside a shortcut:
 * {@code [B, T, C]} to {@code [B, T, C]}. Weights: {@code norm1}, {@code attn1}, {@code norm2}, {@code attn2}, {@code norm3},
 * {@code ff}.
 *
 * @param heads of both attentions
 */
public record TransformerBlock(int heads) {

  static final double EPSILON = 1e-5;
  private static final int FEED_FORWARD = 4;

  /**
   * The block.
   *
   * @param g at the block's own path
   * @param text {@code [B, S, any]}; where it is empty, the second attention is self-attention too
   * @param port of the first attention
   * @param mask for the attentions of x to itself: none or one
   */
  public Tensor of(GraphBuilder g, Tensor x, Optional<Tensor> text, AttentionPort port, Tensor... mask) {
    CrossAttention attention = new CrossAttention(heads);
    Tensor h = g.in("norm1").layerNorm(x, EPSILON);
    Tensor context = port.context(g, h);
    port.keys(g, attention.keys(g.in("attn1"), context, h.size(-1)));
    Tensor y = g.add(x, attention.of(g.in("attn1"), h, context, mask));
    h = g.in("norm2").layerNorm(y, EPSILON);
    y = g.add(y, text.isPresent() ? attention.of(g.in("attn2"), h, text.get()) : attention.of(g.in("attn2"), h, h, mask));
    return g.add(y, feedForward(g.in("ff.net"), g.in("norm3").layerNorm(y, EPSILON)));
  }

  /** GEGLU: half of a wide layer, times the GELU of its other half; then back to the width of x. */
  static Tensor feedForward(GraphBuilder g, Tensor x) {
    long width = x.size(-1);
    long inner = FEED_FORWARD * width;
    Tensor[] halves = g.chunk(g.in("0.proj").linear(x, 2 * inner, true), -1, 2).toArray(Tensor[]::new);
    return g.in("2").linear(g.multiply(halves[0], g.gelu(halves[1])), width, true);
  }
}
