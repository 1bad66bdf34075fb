package org.answerprint.media.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SilenceMeasureTest {

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long LOOK = SECOND / 4;
  private static final long WAITING_SINCE = 1;

  private final SilenceMeasure measure = new SilenceMeasure(10 * SECOND, 0);
  private long now;
  private long used;

  @Test
  void processorTimeEndsASilence() {
    assertThat(looks(12 * SECOND, 1.0)).as("the first quarter of it is not counted, so that short silences cost nothing").isZero();
    assertThat(looks(SECOND, 1.0)).isPositive();
  }

  @Test
  void onABusyMachineThreeTimesAsLongByTheClockEndsIt() {
    assertThat(looks(30 * SECOND, 0.1)).isZero();
    assertThat(looks(SECOND, 0.1)).isPositive();
  }

  @Test
  void whileThisProcessWasStoppedNobodyCouldHear() {
    assertThat(looks(9 * SECOND, 0.5)).isZero();
    now += 40 * SECOND;
    used += 40 * SECOND;
    assertThat(looks(12 * SECOND, 1.0)).as("measured anew").isZero();
    assertThat(looks(SECOND, 1.0)).isPositive();
  }

  @Test
  void whatIsHeardBeginsANewSilence() {
    assertThat(looks(12 * SECOND, 1.0)).isZero();
    assertThat(measure.isTooLong(now += LOOK, SilenceMeasure.NOT_WAITING, () -> used)).isFalse();
    long since = now;
    for (long end = now + 12 * SECOND; now < end; used += LOOK) {
      assertThat(measure.isTooLong(now += LOOK, since, () -> used)).isFalse();
    }
  }

  /** Looks for so long at a process that uses this share of a processor; how many of the looks found the silence too long. */
  private int looks(long nanos, double share) {
    int found = 0;
    for (long end = now + nanos; now < end; ) {
      now += LOOK;
      used += Math.round(LOOK * share);
      found += measure.isTooLong(now, WAITING_SINCE, () -> used) ? 1 : 0;
    }
    return found;
  }
}
