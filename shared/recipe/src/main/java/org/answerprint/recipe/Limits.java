package org.answerprint.recipe;

import java.math.BigDecimal;
import java.time.Duration;

/** The ranges of the recipe's numbers. */
final class Limits {

  /** The largest whole number that every JSON reader keeps exact. */
  static final long SEED_MAX = (1L << 53) - 1;
  static final int STEPS_MAX = 1000;
  static final int SHOT_MAX = 1_000_000;
  static final int ENTRIES_MAX = 1000;
  static final int TEXT_MAX = 2000;
  static final int KEY_BYTES_MAX = 1024;
  static final BigDecimal COST_MAX = new BigDecimal("1000000");
  static final Duration TIME_MAX = Duration.ofHours(24);

  private Limits() {}

  static void requireSeed(long seed) {
    require(seed >= 0 && seed <= SEED_MAX, "the seed", seed, "0 to " + SEED_MAX);
  }

  static void requireSteps(int steps) {
    require(steps >= 1 && steps <= STEPS_MAX, "the number of steps", steps, "1 to " + STEPS_MAX);
  }

  static void requireShot(int number) {
    require(number >= 1 && number <= SHOT_MAX, "the shot number", number, "1 to " + SHOT_MAX);
  }

  static void require(boolean holds, String name, Object found, String allowed) {
    if (!holds) {
      throw new IllegalArgumentException(name + " is " + found + "; allowed: " + allowed);
    }
  }
}
