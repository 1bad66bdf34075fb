package org.answerprint.networks;

import java.util.List;
import java.util.stream.IntStream;
import org.answerprint.graph.GraphBuilder;
import org.answerprint.graph.Shape;
import org.answerprint.graph.Tensor;

/**
 * Rotary position embedding (Su and others, 2021) of the first channels of each head: channels 2i and 2i + 1 of position p turn
 * together by the angle p f_i. Weight: {@code freqs} {@code [rotated / 2]}, the f_i.
 *
 * @param rotated channels of each head, an even number
 */
record RotaryEmbedding(long rotated) {

  /**
   * The turned queries or keys.
   *
   * @param g at the embedding's own path
   * @param x {@code [B, positions, heads d]}
   */
  Tensor of(GraphBuilder g, Tensor x, int heads) {
    long width = x.size(-1) / heads;
    Tensor apart = g.reshape(x, 0, 0, heads, width);
    Tensor turned = turned(g, g.slice(apart, -1, 0, rotated));
    Tensor whole = rotated == width ? turned : g.concat(-1, turned, g.slice(apart, -1, rotated, width - rotated));
    return g.reshape(whole, x.shape());
  }

  /** {@code (a, b)} to {@code (a cos - b sin, b cos + a sin)} for {@code [B, positions, heads, rotated]}. */
  private Tensor turned(GraphBuilder g, Tensor x) {
    Tensor pairs = g.reshape(x, Shape.of(x.dim(0), x.dim(1), x.dim(2)).followedBy(Shape.of(rotated / 2, 2)));
    List<Tensor> halves = g.chunk(pairs, -1, 2);
    Tensor angles = angles(g, x.size(1));
    Tensor cos = g.cos(angles);
    Tensor sin = g.sin(angles);
    Tensor a = g.subtract(g.multiply(halves.getFirst(), cos), g.multiply(halves.getLast(), sin));
    Tensor b = g.add(g.multiply(halves.getLast(), cos), g.multiply(halves.getFirst(), sin));
    return g.reshape(g.concat(-1, a, b), x.shape());
  }

  /** {@code [positions, 1, rotated / 2, 1]}. */
  private Tensor angles(GraphBuilder g, long positions) {
    double[] places = IntStream.range(0, Math.toIntExact(positions)).mapToDouble(place -> place).toArray();
    Tensor column = g.constant(g.floating(), Shape.of(positions, 1, 1, 1), places);
    return g.multiply(column, g.reshape(g.weight("freqs", rotated / 2), 1, rotated / 2, 1));
  }
}
