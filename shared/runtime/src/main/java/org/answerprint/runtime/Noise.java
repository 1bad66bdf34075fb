package org.answerprint.runtime;

/**
 * Normal noise of mean 0 and variance 1, the same on every machine, and the same however it is cut into pieces: element i of a
 * stream depends on nothing but the seed, the stream's number and i.
 *
 * <p>Let mix be the output function of SplitMix64 (Steele, Lea and Flood, 2014) and g its constant 0x9e3779b97f4a7c15, all in
 * 64 bits. A stream begins at s = mix(mix(seed + g) + number g), and its k-th word is w[k] = mix(s + (k + 1) g). Words 2j and 2j + 1
 * give uniform numbers a = (w[2j] / 2^11 + 1) / 2^53, above 0 and up to 1, and b = (w[2j + 1] / 2^11) / 2^53, divisions of unsigned
 * words rounded down where a shift does them; elements 2j and 2j + 1 are sqrt(-2 ln a) times the cosine and the sine of 2 pi b
 * (Box and Muller, 1958), in double with {@link StrictMath}, rounded to float. Immutable.
 */
public final class Noise {

  private static final long STEP = 0x9e3779b97f4a7c15L;
  private static final double UNIT = 0x1p-53;

  private final long start;

  private Noise(long start) {
    this.start = start;
  }

  /** A stream of a seed; streams of different numbers are independent of each other. */
  public static Noise of(long seed, long stream) {
    return new Noise(mix(mix(seed + STEP) + stream * STEP));
  }

  /** So many elements from the given one on. */
  public float[] values(long first, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = value(first + i);
    }
    return values;
  }

  private float value(long element) {
    double a = ((word(element & ~1L) >>> 11) + 1) * UNIT;
    double angle = 2 * StrictMath.PI * ((word(element | 1L) >>> 11) * UNIT);
    double length = StrictMath.sqrt(-2 * StrictMath.log(a));
    return (float) (length * ((element & 1) == 0 ? StrictMath.cos(angle) : StrictMath.sin(angle)));
  }

  private long word(long number) {
    return mix(start + (number + 1) * STEP);
  }

  private static long mix(long word) {
    long z = (word ^ word >>> 30) * 0xbf58476d1ce4e5b9L;
    z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
    return z ^ z >>> 31;
  }
}
