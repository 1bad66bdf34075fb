package org.answerprint.frames;

import java.time.Duration;

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

  /**
   * How long ticks take, rounded down to nanoseconds; exact for any number of them, negative ones too.
   *
   * @throws ArithmeticException where that is longer than a {@link Duration} can be
   */
  public Duration duration(long ticks) {
    // whole seconds by themselves: the nanoseconds of all ticks need not fit
    long rest = Math.floorMod(ticks, den) * (long) num;
    long seconds = Math.addExact(Math.multiplyExact(Math.floorDiv(ticks, den), num), rest / den);
    return Duration.ofSeconds(seconds, rest % den * 1_000_000_000L / den);
  }

  /** Ticks of this base nearest to a duration in nanoseconds. */
  public long ticks(long nanos) {
    return Math.round((double) nanos * den / (1e9 * num));
  }
}
