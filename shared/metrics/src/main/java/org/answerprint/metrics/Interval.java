package org.answerprint.metrics;

/**
 * A figure and where the truth lies with a confidence of 95 %.
 *
 * @param lower the least it may be
 * @param estimate what was measured
 * @param upper the most it may be
 */
public record Interval(double lower, double estimate, double upper) {

  /** @throws IllegalArgumentException where the estimate lies outside */
  public Interval {
    if (!(lower <= estimate && estimate <= upper)) {
      throw new IllegalArgumentException("%s does not lie in %s to %s".formatted(estimate, lower, upper));
    }
  }

  /** Whether 0 lies outside: a difference that is one. */
  public boolean excludesZero() {
    return lower > 0 || upper < 0;
  }
}
