package org.answerprint.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StageClockTest {

  private final MockClock time = new MockClock();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry(SimpleConfig.DEFAULT, time);
  private final StageClock clock = new StageClock(meters);

  @Test
  void timesAStageUnderItsOutcome() {
    String result = clock.time("edit", () -> {
      time.addSeconds(3);
      return "take";
    });
    assertThat(result).isEqualTo("take");
    assertThat(timer("edit", "done").totalTime(TimeUnit.SECONDS)).isEqualTo(3);
  }

  @Test
  void countsAStageThatThrowsAsFailed() {
    assertThatThrownBy(() -> clock.time("edit", () -> {
      throw new IllegalStateException("broken");
    })).hasMessage("broken");
    assertThat(timer("edit", "failed").count()).isEqualTo(1);
    assertThat(inFlight("edit")).isZero();
  }

  @Test
  void showsWhatRunsRightNow() {
    StageClock.Run one = clock.start("edit");
    StageClock.Run other = clock.start("edit");
    assertThat(inFlight("edit")).isEqualTo(2);
    one.close();
    one.close();
    assertThat(inFlight("edit")).isEqualTo(1);
    other.outcome("lost");
    other.close();
    assertThat(inFlight("edit")).isZero();
    assertThat(timer("edit", "lost").count()).isEqualTo(1);
  }

  private Timer timer(String stage, String outcome) {
    return meters.get("answerprint.stage").tag("stage", stage).tag("outcome", outcome).timer();
  }

  private double inFlight(String stage) {
    return meters.get("answerprint.work.in.flight").tag("stage", stage).gauge().value();
  }
}
