package org.answerprint.diffusion;

/** Brings depth, of whatever scale, to the range from -1 to 1 that depth-conditioned networks were trained on. */
public final class DepthRange {

  private DepthRange() {}

  /**
   * Stretches each map by its own least and greatest value, in place; a map of one value becomes 0 throughout.
   *
   * @param maps one after another
   * @param elements of one map: its length for a range of its own each, the whole length for one range of a clip
   * @throws IllegalArgumentException where the maps are not whole
   */
  public static void normalise(float[] maps, int elements) {
    if (elements < 1 || maps.length % elements != 0) {
      throw new IllegalArgumentException("%d values are no maps of %d".formatted(maps.length, elements));
    }
    for (int from = 0; from < maps.length; from += elements) {
      normalise(maps, from, from + elements);
    }
  }

  private static void normalise(float[] maps, int from, int to) {
    double least = Double.POSITIVE_INFINITY;
    double greatest = Double.NEGATIVE_INFINITY;
    for (int i = from; i < to; i++) {
      least = Math.min(least, maps[i]);
      greatest = Math.max(greatest, maps[i]);
    }
    double range = greatest - least;
    for (int i = from; i < to; i++) {
      maps[i] = range > 0 ? (float) (2 * (maps[i] - least) / range - 1) : 0;
    }
  }
}
