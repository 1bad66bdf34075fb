package org.answerprint.toybox;

/**
 * How light the ground is from point to point: two octaves of value noise, of 3 and 9 cells per unit, over one fixed
 * table of random values. A seed only decides where in the table each octave begins, so that nothing is made per
 * scene. Safe to share between threads.
 */
final class GroundNoise {
  static final double COARSE = 3;
  static final double FINE = 9;

  private static final int CELLS = 128;
  private static final int MASK = CELLS - 1;
  private static final float[] TABLE = table();

  private final double coarseX;
  private final double coarseZ;
  private final double fineX;
  private final double fineZ;

  GroundNoise(long seed) {
    var draws = new Draws(seed);
    coarseX = draws.between(0, CELLS);
    coarseZ = draws.between(0, CELLS);
    fineX = draws.between(0, CELLS);
    fineZ = draws.between(0, CELLS);
  }

  /** A value of -1 to 1 for each octave, weighed and added up. An octave of weight 0 costs nothing. */
  double at(double x, double z, double coarseWeight, double fineWeight) {
    double sum = 0;
    if (coarseWeight > 0) {
      sum += coarseWeight * octave(x * COARSE + coarseX, z * COARSE + coarseZ);
    }
    if (fineWeight > 0) {
      sum += fineWeight * octave(x * FINE + fineX, z * FINE + fineZ);
    }
    return sum;
  }

  private static double octave(double x, double z) {
    int cellX = floor(x);
    int cellZ = floor(z);
    double inX = x - cellX;
    double inZ = z - cellZ;
    double shareX = inX * inX * (3 - 2 * inX);
    double shareZ = inZ * inZ * (3 - 2 * inZ);
    int near = (cellZ & MASK) * CELLS;
    int far = ((cellZ + 1) & MASK) * CELLS;
    int left = cellX & MASK;
    int right = (cellX + 1) & MASK;
    double nearValue = TABLE[near + left] + (TABLE[near + right] - TABLE[near + left]) * shareX;
    double farValue = TABLE[far + left] + (TABLE[far + right] - TABLE[far + left]) * shareX;
    return nearValue + (farValue - nearValue) * shareZ;
  }

  private static int floor(double value) {
    int towardsZero = (int) value;
    return value < towardsZero ? towardsZero - 1 : towardsZero;
  }

  private static float[] table() {
    var draws = new Draws(0);
    var table = new float[CELLS * CELLS];
    for (int i = 0; i < table.length; i++) {
      table[i] = (float) draws.between(-1, 1);
    }
    return table;
  }
}
