package org.answerprint.diffusion;

/**
 * Normal noise, the same on every machine and for ever. The n-th pair of numbers of a stream, n from 0, is made of the
 * outputs 2n and 2n+1 of SplitMix64 (Steele, Lea and Flood, 2014; increment 0x9E3779B97F4A7C15) begun at the stream's
 * state: their upper 53 bits, {@code a} and {@code b}, give {@code u = (a + 0.5) / 2^53} and {@code w = b / 2^53}, and
 * Box and Muller's {@code sqrt(-2 ln u) cos(2 pi w)} and {@code sqrt(-2 ln u) sin(2 pi w)} the pair, by
 * {@link StrictMath}, rounded to float.
 *
 * <p>A stream is named by a seed and numbers: a frame, a step. Streams are drawn apart, so that it does not matter
 * what was drawn before, and resumed work draws what uninterrupted work would have. Immutable.
 */
public final class Noise {

  private static final long INCREMENT = 0x9E3779B97F4A7C15L;
  private static final double UNIT = 0x1p-53;

  private final long state;

  private Noise(long state) {
    this.state = state;
  }

  /** The stream of a seed itself, which begins with the seed as its state. */
  public static Noise ofSeed(long seed) {
    return new Noise(seed);
  }

  /** A stream of its own for a number: its state is {@code mix(state + mix(number + INCREMENT))}. */
  public Noise stream(long number) {
    return new Noise(mix(state + mix(number + INCREMENT)));
  }

  /** The first numbers of this stream. */
  public float[] draw(int count) {
    float[] numbers = new float[count];
    fill(numbers, 0, count);
    return numbers;
  }

  /** Writes the first numbers of this stream into a part of an array. */
  public void fill(float[] target, int offset, int count) {
    for (int i = 0; i < count; i += 2) {
      double u = (bits(i) + 0.5) * UNIT;
      double angle = 2 * StrictMath.PI * (bits(i + 1) * UNIT);
      double radius = StrictMath.sqrt(-2 * StrictMath.log(u));
      target[offset + i] = (float) (radius * StrictMath.cos(angle));
      if (i + 1 < count) {
        target[offset + i + 1] = (float) (radius * StrictMath.sin(angle));
      }
    }
  }

  /** The upper 53 bits of the n-th output of SplitMix64. */
  private long bits(long n) {
    return mix(state + (n + 1) * INCREMENT) >>> 11;
  }

  private static long mix(long z) {
    z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }
}
