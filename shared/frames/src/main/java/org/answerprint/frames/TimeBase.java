package org.answerprint.frames;

/**
 * Seconds per tick as a fraction.
 *
 * @param num numerator, positive
 * @param den denominator, positive
 */
public record TimeBase(int num, int den) {

  public TimeBase {
    if (num <= 0 || den <= 0) {
      throw new IllegalArgumentException("a time base is a positive fraction, not " + num + "/" + den);
    }
  }

  /** Seconds, for people to read; never for arithmetic on times. */
  public double seconds(long ticks) {
    return (double) ticks * num / den;
  }

  /** Ticks of this base nearest to a duration in nanoseconds. */
  public long ticks(long nanos) {
    return Math.round((double) nanos * den / (1e9 * num));
  }
}
