package org.answerprint.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * What {@link GpuFleet}, {@link GpuCall} and {@link GpuPlace} promise together, over worlds that are unkind in many ways. More of them:
 * {@code -Danswerprint.model.runs=1000}.
 */
class FleetModelTest {

  private static final int WORLDS = Integer.getInteger("answerprint.model.runs", 100);

  /** A call that was lost, and the next one that was late: nobody waits longer unless chance is worse than that. */
  private static final Duration LONGEST_WITHOUT_A_WORKER = Duration.ofHours(3);

  @Test
  void noBacklogIsLeftWithoutAWorkerAndNoMoreWorkThanAreAllowed() {
    for (long seed = 0; seed < WORLDS; seed++) {
      FleetModel world = new FleetModel(seed);
      world.onStep(() -> {
        assertThat(world.workers()).isLessThanOrEqualTo(world.atMost());
        assertThat(world.withoutAWorker()).isLessThan(LONGEST_WITHOUT_A_WORKER);
      });
      world.run(3000, 20_000);
      assertThat(world.isDone()).as("world %d ends", seed).isTrue();
      assertThat(world.asked()).as("world %d had work", seed).isPositive();
    }
  }
}
