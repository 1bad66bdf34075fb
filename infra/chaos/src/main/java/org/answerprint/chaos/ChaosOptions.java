package org.answerprint.chaos;

import java.util.function.UnaryOperator;

/**
 * How much chaos.
 *
 * @param seed decides films, recipes, blows and repetitions of the first run; the next runs have the next seeds
 * @param runs how many worlds, 1 or more
 * @param jobs per run, 1 or more
 * @param blows per run, 0 or more
 */
record ChaosOptions(long seed, int runs, int jobs, int blows) {

  private static final String PREFIX = "answerprint.chaos.";

  ChaosOptions {
    if (runs < 1 || jobs < 1 || blows < 0) {
      throw new IllegalArgumentException("at least one run of one job, not " + runs + " of " + jobs + " with " + blows + " blows");
    }
  }

  /** From properties named {@code answerprint.chaos.seed}, {@code .runs}, {@code .jobs} and {@code .blows}. */
  static ChaosOptions of(UnaryOperator<String> property, ChaosOptions usual) {
    Reader read = new Reader(property);
    int jobs = (int) read.number("jobs", usual.jobs());
    return new ChaosOptions(read.number("seed", usual.seed()), (int) read.number("runs", usual.runs()), jobs,
        (int) read.number("blows", jobs == usual.jobs() ? usual.blows() : 2L * jobs));
  }

  private record Reader(UnaryOperator<String> property) {
    long number(String name, long usual) {
      String text = property.apply(PREFIX + name);
      return text == null || text.isBlank() ? usual : Long.parseLong(text.strip());
    }
  }
}
