package org.answerprint.metrics;

/** Wilson's score interval of a proportion (1927): right also for few trials, and near 0 and 1. */
public final class Wilson {

  /** The normal distribution's 97.5 % point. */
  private static final double Z = 1.959963984540054;

  private Wilson() {}

  /**
   * The share of successes, with z = 1.96: (p + z^2/2n -+ z sqrt(p (1-p)/n + z^2/4n^2)) / (1 + z^2/n).
   *
   * @param trials that do not depend on each other: edits, not the frames of one
   * @throws IllegalArgumentException without trials, or with more successes
   */
  public static Interval of(int successes, int trials) {
    if (trials < 1 || successes < 0 || successes > trials) {
      throw new IllegalArgumentException("%d successes in %d trials".formatted(successes, trials));
    }
    double p = (double) successes / trials;
    double square = Z * Z / trials;
    double middle = (p + square / 2) / (1 + square);
    double reach = Z * Math.sqrt(p * (1 - p) / trials + square / (4 * trials)) / (1 + square);
    return new Interval(successes == 0 ? 0 : middle - reach, p, successes == trials ? 1 : middle + reach);
  }
}
