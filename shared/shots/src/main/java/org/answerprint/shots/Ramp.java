package org.answerprint.shots;

import java.util.Optional;

/**
 * A straight rise from 0 to 1 through measured shares.
 *
 * @param zero where the line leaves 0
 * @param one where it reaches 1
 */
record Ramp(double zero, double one) {

  private static final float LOW = 0.12f;
  private static final float HIGH = 0.88f;

  /** Least squares through the stretch around {@code middle} whose shares lie clear of both ends. */
  static Optional<Ramp> fit(float[] shares, int middle) {
    int from = middle;
    int to = middle;
    while (from > 0 && shares[from - 1] > LOW) {
      from--;
    }
    while (to < shares.length - 1 && shares[to + 1] < HIGH) {
      to++;
    }
    if (to - from < 1 || shares[middle] <= LOW / 2) {
      return Optional.empty();
    }
    int n = to - from + 1;
    double meanX = (from + to) / 2.0;
    double meanY = 0;
    for (int i = from; i <= to; i++) {
      meanY += shares[i];
    }
    meanY /= n;
    double xy = 0;
    double xx = 0;
    double yy = 0;
    for (int i = from; i <= to; i++) {
      xy += (i - meanX) * (shares[i] - meanY);
      xx += (i - meanX) * (i - meanX);
      yy += (shares[i] - meanY) * (shares[i] - meanY);
    }
    double slope = xy / xx;
    boolean straight = xy * xy >= 0.75 * xx * yy;
    if (slope < 1.0 / 70 || !straight) {
      return Optional.empty();
    }
    return Optional.of(new Ramp(meanX - meanY / slope, meanX + (1 - meanY) / slope));
  }
}
