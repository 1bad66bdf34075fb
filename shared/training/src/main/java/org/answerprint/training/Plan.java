package org.answerprint.training;

import org.answerprint.faults.RequestFault;
import org.answerprint.graph.AdamW;

/**
 * How a lesson is learnt: AdamW with gradients cut to norm 1, a learning rate of one cycle (Smith and Topin, 2017), and weights
 * averaged exponentially beside those that are trained.
 *
 * @param steps in all
 * @param rate the highest learning rate
 * @param averaging the share of the average that a step keeps, at most: after n steps it is (1 + n) / (10 + n) where that is less
 * @param seed of the first weights; lessons have seeds of their own
 * @param settings of AdamW
 */
public record Plan(long steps, double rate, double averaging, long seed, AdamW.Settings settings) {

  private static final double WARM_UP = 0.15;
  private static final double FIRST = 1.0 / 25;
  private static final double LAST = 1e-4 / 25;

  /** @throws RequestFault where there is no step, or a number is out of its range */
  public Plan {
    if (steps < 1 || rate <= 0 || averaging < 0 || averaging >= 1) {
      throw new RequestFault("%d steps at a rate of %s, averaging %s, are no training; give at least 1 step, a rate above 0, and 0 up to 1"
          .formatted(steps, rate, averaging));
    }
  }

  /** With AdamW's usual settings and an average over about the last thousand steps. */
  public static Plan of(long steps, double rate, long seed) {
    return new Plan(steps, rate, 0.999, seed, AdamW.Settings.usual());
  }

  /** In words that differ where plans do. */
  String words() {
    return "%d steps at %s, averaging %s, seed %d, %s".formatted(steps, rate, averaging, seed, settings);
  }

  /** The learning rate of a step, from 0: up along half a cosine from a 25th over the first 15 %, then down to nearly 0. */
  public double rate(long step) {
    double top = Math.max(1, WARM_UP * steps - 1);
    double progress = step < top ? step / top : (step - top) / Math.max(1, steps - 1 - top);
    return step < top ? rate * between(FIRST, 1, progress) : rate * between(1, LAST, Math.min(1, progress));
  }

  private static double between(double from, double to, double progress) {
    return to + (from - to) * (1 + Math.cos(Math.PI * progress)) / 2;
  }

  /** The share of the average that a step, from 0, keeps. */
  double kept(long step) {
    return Math.min(averaging, (1.0 + step) / (10.0 + step));
  }
}
