package org.answerprint.metrics;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;

/**
 * Percentile bootstrap (Efron, 1979): the values are drawn again with replacement, as many as there are, and the means of many such
 * draws tell how far the mean may be off. The same seed and values give the same interval. Immutable.
 *
 * @param resamples how many draws
 * @param seed of the generator L64X128MixRandom, which begins anew for each interval
 */
public record Bootstrap(int resamples, long seed) {

  private static final double TAIL = 0.025;

  /** @throws IllegalArgumentException where the draws are too few for a tail of 2.5 % */
  public Bootstrap {
    if (resamples < 40) {
      throw new IllegalArgumentException("%d draws do not show a tail of 2.5 %%".formatted(resamples));
    }
  }

  /** Two thousand draws. */
  public static Bootstrap ofSeed(long seed) {
    return new Bootstrap(2000, seed);
  }

  /**
   * The mean of values that do not depend on each other: one for each edit, not for each frame.
   *
   * @throws IllegalArgumentException without values
   */
  public Interval mean(double... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("no values have no mean");
    }
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    double[] means = new double[resamples];
    for (int draw = 0; draw < resamples; draw++) {
      double sum = 0;
      for (int i = 0; i < values.length; i++) {
        sum += values[random.nextInt(values.length)];
      }
      means[draw] = sum / values.length;
    }
    Arrays.sort(means);
    double mean = Arrays.stream(values).sum() / values.length;
    int tail = (int) (TAIL * resamples);
    return new Interval(Math.min(mean, means[tail]), mean, Math.max(mean, means[resamples - 1 - tail]));
  }

  /**
   * The mean of a less b over the same edits: pairs stay together, so that what is hard for both does not blur their difference.
   *
   * @throws IllegalArgumentException where they are not equally many, or none
   */
  public Interval difference(double[] a, double[] b) {
    if (a.length != b.length) {
      throw new IllegalArgumentException("%d values cannot be paired with %d".formatted(a.length, b.length));
    }
    return mean(IntStream.range(0, a.length).mapToDouble(i -> a[i] - b[i]).toArray());
  }
}
