package org.answerprint.toybox;

/**
 * Numbers drawn from a seed with the SplitMix64 generator (Steele, Lea and Flood, 2014), written out here so that a
 * seed means the same everywhere and for good. Not safe to share between threads.
 */
final class Draws {
  private long state;

  Draws(long seed) {
    this.state = seed;
  }

  /** 64 bits. */
  long next() {
    state += 0x9E3779B97F4A7C15L;
    long z = state;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** A number of at least {@code least} and less than {@code most}, from the 53 upper bits of one draw. */
  double between(double least, double most) {
    return least + (most - least) * ((next() >>> 11) * 0x1.0p-53);
  }

  /** One of the choices, from one draw: the upper half of its 64 bits times their number. */
  <T> T oneOf(T[] choices) {
    return choices[(int) Math.unsignedMultiplyHigh(next(), choices.length)];
  }
}
