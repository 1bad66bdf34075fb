package org.answerprint.models;

import java.util.List;
import java.util.Optional;

/**
 * What became of a verification.
 *
 * @param damage files that are not as they were imported, one sentence each
 * @param goldens every file of the golden folder, in order of their names
 * @param trials of the components that no golden file runs
 */
public record Verification(List<String> damage, List<GoldenResult> goldens, List<Trial> trials) {

  public Verification {
    damage = List.copyOf(damage);
    goldens = List.copyOf(goldens);
    trials = List.copyOf(trials);
  }

  /** What became of a golden file. */
  public enum Outcome {
    /** Everything in it was computed and is near enough. */
    PASSED,
    /** Something is not near enough, or could not be computed. */
    MISSED,
    /** Nobody knows what it holds, or what some of its tensors are. */
    UNRECOGNISED
  }

  /**
   * A golden file.
   *
   * @param comparisons one for each tensor that was computed
   * @param reason why it did not pass, where the comparisons do not say it
   */
  public record GoldenResult(String file, Outcome outcome, List<Comparison> comparisons, Optional<String> reason) {

    public GoldenResult {
      comparisons = List.copyOf(comparisons);
    }
  }

  /**
   * A component that was run on noise.
   *
   * @param component its name: {@code vae_decoder}
   * @param reason why its answer will not do, where it is not a finite number everywhere
   */
  public record Trial(String component, Optional<String> reason) {}

  /** Whether there was neither damage nor a miss, and nothing that was not recognised. */
  public boolean passed() {
    return damage.isEmpty() && trials.stream().allMatch(trial -> trial.reason().isEmpty())
        && goldens.stream().allMatch(golden -> golden.outcome() == Outcome.PASSED);
  }
}
