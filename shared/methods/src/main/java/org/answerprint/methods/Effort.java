package org.answerprint.methods;

/**
 * How much work something is, whatever machine does it.
 *
 * @param gigaOperations that networks calculate, in 10^9; how fast they go depends on the card, or on the processor
 * @param seconds of everything else, decoding, filtering and encoding, on one core
 */
public record Effort(double gigaOperations, double seconds) {

  public static final Effort NONE = new Effort(0, 0);

  public Effort plus(Effort other) {
    return new Effort(gigaOperations + other.gigaOperations, seconds + other.seconds);
  }

  public Effort times(long count) {
    return new Effort(gigaOperations * count, seconds * count);
  }

  /** Seconds on a worker whose networks calculate so many 10^9 operations a second. */
  public double on(double gigaflops) {
    return gigaOperations / gigaflops + seconds;
  }
}
