package org.answerprint.diffusion;

import java.util.Objects;
import org.answerprint.faults.RequestFault;

/**
 * Classifier-free guidance: {@code unconditional + scale (conditional - unconditional)}. It is linear, and so the same
 * for noise and for velocity.
 *
 * @param scale 1 is the conditional branch alone, 0 the unconditional one
 * @param order of the two branches in a batch
 */
public record Guidance(double scale, RowOrder order) {

  /** @throws RequestFault where the scale is no number */
  public Guidance {
    Objects.requireNonNull(order, "order");
    if (!Double.isFinite(scale)) {
      throw new RequestFault("a guidance of %s is no number; give one, such as 7.5".formatted(scale));
    }
  }

  /** Whether the unconditional branch is needed; without it a call takes half the time. */
  public boolean needsUnconditional() {
    return scale != 1;
  }

  /** Whether the conditional branch is needed. */
  public boolean needsConditional() {
    return scale != 0;
  }

  /**
   * Rows for both branches of one input.
   *
   * @return the elements twice
   */
  public static float[] bothBranches(float[] input) {
    return inOrder(input, input);
  }

  /** Rows of the two branches in the order of the batch: of two texts, for instance. */
  public float[] rows(float[] unconditional, float[] conditional) {
    return order == RowOrder.UNCONDITIONAL_FIRST
        ? inOrder(unconditional, conditional)
        : inOrder(conditional, unconditional);
  }

  /**
   * Guides the output of a batch of both branches.
   *
   * @param rows both branches, in order
   * @param target half as long as the rows; written
   * @throws IllegalArgumentException where it is not
   */
  public void apply(float[] rows, float[] target) {
    int half = target.length;
    if (rows.length != 2 * half) {
      throw new IllegalArgumentException("%d elements of two branches into %d".formatted(rows.length, half));
    }
    boolean unconditionalFirst = order == RowOrder.UNCONDITIONAL_FIRST;
    blend().apply(rows, unconditionalFirst ? 0 : half, rows, unconditionalFirst ? half : 0, target, 0, half);
  }

  /** Guides the outputs of two calls; the target may be one of them. */
  public void apply(float[] unconditional, float[] conditional, float[] target) {
    blend().apply(unconditional, conditional, target);
  }

  private Combination blend() {
    return new Combination(1 - scale, scale);
  }

  private static float[] inOrder(float[] first, float[] second) {
    float[] rows = new float[first.length + second.length];
    System.arraycopy(first, 0, rows, 0, first.length);
    System.arraycopy(second, 0, rows, first.length, second.length);
    return rows;
  }
}
