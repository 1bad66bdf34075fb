package org.answerprint.chaos;

import java.util.List;
import java.util.Map;

/**
 * What came of one run.
 *
 * @param seed that repeats it
 * @param counts of what happened, by name
 * @param blows that fell
 * @param violations of what is promised; empty where all is well
 */
record Verdict(long seed, Map<String, Integer> counts, List<String> blows, List<String> violations) {

  Verdict {
    blows = List.copyOf(blows);
    violations = List.copyOf(violations);
  }

  int count(String what) {
    return counts.getOrDefault(what, 0);
  }

  @Override
  public String toString() {
    return "chaos of seed " + seed + ": " + counts + (violations.isEmpty() ? "" : "\n  after " + String.join("\n        ", blows)
        + "\n  " + String.join("\n  ", violations)
        + "\n  again: -Danswerprint.chaos.seed=" + seed + " -Danswerprint.chaos.runs=1");
  }
}
