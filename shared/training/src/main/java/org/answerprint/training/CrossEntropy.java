package org.answerprint.training;

import org.answerprint.graph.GraphBuilder;
import org.answerprint.graph.Tensor;

/** How surprised a network is by the truth. */
public final class CrossEntropy {

  /** Keeps the logarithm finite where a probability rounds to 0. */
  private static final double LEAST = 1e-9;

  private CrossEntropy() {}

  /**
   * The mean over rows of -log softmax(logits) at the truth: one number.
   *
   * @param logits {@code [B, n]}
   * @param truth {@code [B, n]}: one 1 in each row, and zeros
   */
  public static Tensor of(GraphBuilder g, Tensor logits, Tensor truth) {
    Tensor surprise = g.log(g.add(g.softmax(logits, 1), LEAST));
    return g.negate(g.meanOfAll(g.sum(g.multiply(surprise, truth), 1)));
  }
}
