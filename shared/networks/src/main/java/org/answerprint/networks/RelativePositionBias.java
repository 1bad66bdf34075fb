package org.answerprint.networks;

import java.util.stream.IntStream;
import org.answerprint.graph.ElementType;
import org.answerprint.graph.GraphBuilder;
import org.answerprint.graph.Shape;
import org.answerprint.graph.Tensor;

/**
 * A learned number for each head and distance between two positions, distances in buckets that widen (T5's; Raffel and others,
 * 2020). Weight: {@code relative_attention_bias.weight} {@code [32, heads]}.
 */
record RelativePositionBias(int heads) {

  private static final int BUCKETS = 32;
  private static final double FARTHEST = 32;

  /**
   * What is added to the scaled scores, {@code [heads, positions, positions]}.
   *
   * @param g at the bias's own path
   */
  Tensor of(GraphBuilder g, int positions) {
    double[] buckets = IntStream.range(0, positions * positions)
        .mapToDouble(place -> bucket(place / positions - place % positions)).toArray();
    Tensor indices = g.constant(ElementType.INT64, Shape.of(positions, positions), buckets);
    return g.transpose(g.in("relative_attention_bias").embedding(indices, BUCKETS, heads), 2, 0, 1);
  }

  /**
   * Half of the buckets for keys before the query and half for those after it: one each for the nearest, then on a logarithmic
   * scale.
   *
   * @param distance of the query's position after the key's
   */
  static int bucket(int distance) {
    int half = BUCKETS / 2;
    int side = distance < 0 ? half : 0;
    int exact = half / 2;
    int length = Math.abs(distance);
    if (length < exact) {
      return side + length;
    }
    double widening = Math.log((double) length / exact) / Math.log(FARTHEST / exact) * (half - exact);
    return side + Math.min(half - 1, exact + (int) widening);
  }
}
