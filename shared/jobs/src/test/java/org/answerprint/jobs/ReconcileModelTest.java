package org.answerprint.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/**
 * Jobs in hundreds of worlds where processes are killed or frozen between any two of their deeds, and messages are
 * lost, doubled, delayed and reordered. Longer: {@code -Danswerprint.model.runs=100000}; one world again:
 * {@code -Danswerprint.model.seed=N -Danswerprint.model.runs=1}.
 */
class ReconcileModelTest {

  private static final int RUNS = Integer.getInteger("answerprint.model.runs", 300);
  private static final long SEED = Long.getLong("answerprint.model.seed", 1);

  /** Below this many worlds, nothing is said about how often things happened. */
  private static final int ENOUGH = 300;

  @Test
  void everyJobEndsOnceWithAllOfItsPartsWhateverHappens() {
    ModelWorld.Tally all = run(RUNS, true);

    System.out.println("disturbed: " + all);
    if (RUNS >= ENOUGH) {
      assertThat(all.of("jobs")).isGreaterThan(RUNS);
      assertThat(all.of("ended final")).isGreaterThan(all.of("jobs") / 3);
      assertThat(all.of("ended failed")).isPositive();
      assertThat(all.of("ended cancelled")).isPositive();
      assertThat(all.of("fallbacks")).isPositive();
      assertThat(all.of("substitutes")).isPositive();
      assertThat(all.of("kills")).isGreaterThan(RUNS);
      assertThat(all.of("freezes")).isGreaterThan(RUNS / 10);
      assertThat(all.of("lost")).isGreaterThan(RUNS);
      assertThat(all.of("doubled")).isGreaterThan(RUNS);
    }
  }

  @Test
  void undisturbedJobsSendEveryTaskOnce() {
    ModelWorld.Tally all = run(RUNS / 4 + 1, false);

    System.out.println("undisturbed: " + all);
    if (RUNS >= ENOUGH) {
      assertThat(all.of("ended final")).isPositive();
      assertThat(all.of("ended failed")).isPositive();
      assertThat(all.of("kills") + all.of("freezes") + all.of("lost") + all.of("doubled")).isZero();
    }
  }

  /** In a virtual thread, since the world and its processes take turns thousands of times a second. */
  private static ModelWorld.Tally run(int runs, boolean disturbed) {
    FutureTask<ModelWorld.Tally> worlds = new FutureTask<>(() -> worlds(runs, disturbed));
    Thread.startVirtualThread(worlds);
    try {
      return worlds.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof AssertionError failed ? failed : new AssertionError(e.getCause());
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }

  private static ModelWorld.Tally worlds(int runs, boolean disturbed) {
    ModelWorld.Tally all = new ModelWorld.Tally();
    for (long seed = SEED; seed < SEED + runs; seed++) {
      try {
        all.add(new ModelWorld(seed, disturbed).run());
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("in the world of seed " + seed + ": " + e.getMessage(), e);
      }
    }
    return all;
  }
}
