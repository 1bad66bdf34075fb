package org.answerprint.shots;

/**
 * A rise fitted to measured shares of the later picture: level, then growing in one of four shapes, then level. A
 * border that moves steadily uncovers area steadily (side), first slowly and then fast (growing iris), the reverse
 * (closing iris), or slowly at both ends (slant, and eased dissolves).
 *
 * @param zero the last place before it grows
 * @param one the first place where it is done
 * @param fit part of the shares' variance that it explains, 0 to 1
 * @param height how far it rises; 1 where nothing else moves
 */
record Rise(int zero, int one, float fit, float height) {

  private static final int SHAPES = 4;
  private static final double BEND = 1.15;
  private static final double LEAST_HEIGHT = 0.35;
  private static final int SHORTEST = 3;

  /** The best fit by least squares to all shares but the first and the last, which are 0 and 1 by definition. */
  static Rise fit(float[] shares) {
    Fit fit = new Fit(shares);
    int last = shares.length - 1;
    int step = Math.max(1, last / 14);
    for (int zero = 0; zero + SHORTEST <= last; zero += step) {
      for (int one = zero + SHORTEST; one <= last; one += step) {
        fit.tryAll(zero, one);
      }
      fit.tryAll(zero, last);
    }
    while (step > 1) {
      step = (step + 1) / 2;
      int zero = fit.zero;
      int one = fit.one;
      for (int z = zero - step; z <= zero + step; z += step) {
        for (int o = one - step; o <= one + step; o += step) {
          fit.tryAll(z, o);
        }
      }
    }
    for (int i = 0; i < 2; i++) {
      int zero = fit.zero;
      int one = fit.one;
      fit.tryAll(zero - 1, one);
      fit.tryAll(zero + 1, one);
      fit.tryAll(zero, one - 1);
      fit.tryAll(zero, one + 1);
    }
    return new Rise(fit.zero, fit.one, (float) (1 - fit.least / (fit.variance + 1e-6)), (float) fit.height);
  }

  private static double shape(int shape, double x) {
    return switch (shape) {
      case 0 -> x;
      case 1 -> x * x * (3 - 2 * x);
      case 2 -> x * x;
      default -> x * (2 - x);
    };
  }

  private static final class Fit {
    private final float[] shares;
    private final double mean;
    private final double variance;
    private double least = Double.MAX_VALUE;
    private double height;
    private int zero;
    private int one;

    Fit(float[] shares) {
      this.shares = shares;
      one = shares.length - 1;
      double sum = 0;
      double squares = 0;
      for (int i = 1; i < shares.length - 1; i++) {
        sum += shares[i];
        squares += shares[i] * shares[i];
      }
      int n = Math.max(1, shares.length - 2);
      mean = sum / n;
      variance = squares - sum * sum / n;
    }

    void tryAll(int from, int to) {
      if (from < 0 || to >= shares.length || to - from < SHORTEST) {
        return;
      }
      for (int shape = 0; shape < SHAPES; shape++) {
        tryOne(from, to, shape);
      }
    }

    private void tryOne(int from, int to, int shape) {
      double sum = 0;
      double squares = 0;
      double cross = 0;
      for (int i = 1; i < shares.length - 1; i++) {
        double g = i <= from ? 0 : i >= to ? 1 : shape(shape, (double) (i - from) / (to - from));
        sum += g;
        squares += g * g;
        cross += g * (shares[i] - mean);
      }
      int n = Math.max(1, shares.length - 2);
      double spread = squares - sum * sum / n;
      double slope = spread < 1e-9 ? 0 : cross / spread;
      double rest = Math.max(0, variance - slope * cross) * (shape == 0 ? 1 : BEND);
      if (slope > LEAST_HEIGHT && rest < least) {
        least = rest;
        height = slope;
        zero = from;
        one = to;
      }
    }
  }
}
