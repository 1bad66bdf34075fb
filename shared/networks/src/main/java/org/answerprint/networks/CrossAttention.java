package org.answerprint.networks;

import org.answerprint.graph.GraphBuilder;
import org.answerprint.graph.Tensor;

/**
 * Attention of a diffusion transformer: queries {@code to_q} from x, keys {@code to_k} and values {@code to_v} from a context,
 * all without bias, then {@code to_out.0} with one. Heads share the width of x.
 *
 * @param heads a divisor of that width
 */
public record CrossAttention(int heads) {

  /**
   * What x {@code [B, T, C]} finds in a context.
   *
   * @param g at the layer's own path
   * @param context {@code [B, S, any]}; x itself for self-attention
   * @param mask none, or one that is added to the scaled scores and broadcasts to {@code [B, heads, T, S]}
   * @return {@code [B, T, C]}
   */
  public Tensor of(GraphBuilder g, Tensor x, Tensor context, Tensor... mask) {
    long width = x.size(-1);
    Tensor q = g.in("to_q").linear(x, width, false);
    Tensor v = g.in("to_v").linear(context, width, false);
    return g.in("to_out.0").linear(g.attention(q, keys(g, context, width), v, heads, mask), width, true);
  }

  /** The keys that {@link #of} makes of a context: {@code [B, S, width]}. */
  public Tensor keys(GraphBuilder g, Tensor context, long width) {
    return g.in("to_k").linear(context, width, false);
  }
}
