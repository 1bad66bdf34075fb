package org.answerprint.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GpuFleetTest {

  /** Starting takes 300 s and may take a quarter of the work: a worker for every 1200 s of it. */
  private static final GpuFleet FLEET = new GpuFleet("gpu", "worker", 4, Duration.ofSeconds(300), 0.25);

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0",
    "0, 1000, 0",
    "1, 0, 1",
    "1, 100000, 1",
    "100, 0, 1",
    "23, 100, 1",
    "24, 100, 2",
    "35, 100, 2",
    "36, 100, 3",
    "2, 100000, 2",
    "48, 100, 4",
    "1000000, 1000, 4",
    "9000000000000000000, 1e300, 4",
  })
  void aBacklogIsWorthSoManyWorkers(long items, double secondsEach, int width) {
    assertThat(FLEET.width(new Backlog(items, secondsEach))).isEqualTo(width);
  }

  @Test
  void whereStartingCostsNothingThereAreAsManyAsAllowed() {
    assertThat(new GpuFleet("gpu", "worker", 3, Duration.ZERO, 0.25).width(new Backlog(10, 0))).isEqualTo(3);
  }

  @Test
  void whateverTheBacklogStartingStaysUnderItsShareOfTheWorkAndNobodyIsWithoutAWorker() {
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 10_000; i++) {
      GpuFleet fleet = new GpuFleet("gpu", "worker", random.nextInt(1, 65), Duration.ofSeconds(random.nextInt(1, 1000)),
          random.nextDouble(0.01, 0.99));
      Backlog backlog = new Backlog(random.nextLong(0, 3000), random.nextInt(4) == 0 ? 0 : random.nextDouble(0, 2000));
      int width = fleet.width(backlog);
      assertThat(width).isBetween((int) Math.min(backlog.items(), 1), (int) Math.min(backlog.items(), fleet.atMost()));
      if (width > 1) {
        assertThat(width * fleet.start().toSeconds()).isLessThanOrEqualTo((long) Math.ceil(fleet.startShare() * backlog.seconds()));
      }
      Backlog more = new Backlog(backlog.items() + 1, backlog.secondsEach());
      assertThat(fleet.width(more)).as("more work, no fewer").isGreaterThanOrEqualTo(width);
    }
  }

  @Test
  void aFleetThatCannotBeIsRefused() {
    assertThatThrownBy(() -> new GpuFleet("gpu", "worker", 0, Duration.ZERO, 0.5)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new GpuFleet("gpu", "worker", 1, Duration.ofSeconds(-1), 0.5)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new GpuFleet("gpu", "worker", 1, Duration.ZERO, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new GpuFleet("gpu", "worker", 1, Duration.ZERO, Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Backlog(-1, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Backlog(1, Double.NaN)).isInstanceOf(IllegalArgumentException.class);
  }
}
