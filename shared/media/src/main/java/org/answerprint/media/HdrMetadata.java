package org.answerprint.media;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What a stream says about the screen it was graded on and how bright it gets.
 *
 * @param masteringDisplay ten fractions, each a numerator and a denominator: x and y of red, green, blue and white, then
 *     the least and the greatest luminance in candela per square metre; 0/0 where one is not said; empty without any
 * @param maxContentLight brightest pixel, in candela per square metre; 0 where unknown
 * @param maxAverageLight brightest picture on average, in candela per square metre; 0 where unknown
 */
public record HdrMetadata(List<Integer> masteringDisplay, int maxContentLight, int maxAverageLight) {

  /** Nothing is said. */
  public static final HdrMetadata NONE = new HdrMetadata(List.of(), 0, 0);

  static final int FRACTIONS = 10;
  static final int NUMBERS = 2 * FRACTIONS;

  public HdrMetadata {
    masteringDisplay = List.copyOf(masteringDisplay);
    if (!masteringDisplay.isEmpty() && masteringDisplay.size() != NUMBERS) {
      throw new IllegalArgumentException("a mastering display has ten fractions, not " + masteringDisplay);
    }
  }

  /** Whether all fractions from one to before another are said. */
  boolean says(int from, int to) {
    return !masteringDisplay.isEmpty()
        && IntStream.range(from, to).allMatch(fraction -> masteringDisplay.get(2 * fraction + 1) > 0);
  }

  /** A fraction in units of which {@code parts} make one. */
  long in(int parts, int fraction) {
    return Math.round((double) parts * masteringDisplay.get(2 * fraction) / masteringDisplay.get(2 * fraction + 1));
  }

  boolean hasLight() {
    return maxContentLight > 0 || maxAverageLight > 0;
  }
}
