package org.answerprint.stage;

import static org.answerprint.stage.TestStage.JOB;
import static org.answerprint.stage.TestStage.TASK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.answerprint.jobs.JobKeys;
import org.answerprint.methods.Monitor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProgressNotesTest {

  private final TestStage world = new TestStage();
  private final List<Long> heard = new ArrayList<>();
  private long nanos = 17;
  private final ProgressNotes notes = new ProgressNotes(world.stage, JOB, TASK, (done, total) -> heard.add(done),
      () -> nanos);

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void notesAtMostOnceASecond() {
    notes.progress(1, 10);
    assertThat(noted()).isEmpty();
    pass(Duration.ofSeconds(1));
    notes.progress(2, 10);
    assertThat(noted()).contains(new Progress(2, 10));
    pass(Duration.ofMillis(999));
    notes.progress(3, 10);
    assertThat(noted()).contains(new Progress(2, 10));
    pass(Duration.ofMillis(1));
    notes.progress(4, 10);
    assertThat(noted()).contains(new Progress(4, 10));
    assertThat(heard).as("whoever listens hears of every step").containsExactly(1L, 2L, 3L, 4L);
  }

  @Test
  void tellsOtherJobsThreeTimesALock() {
    pass(Duration.ofSeconds(9));
    notes.progress(1, 10);
    assertThat(world.stage.jobs().list(JobKeys.AT_WORK)).isEmpty();
    pass(Duration.ofSeconds(1));
    notes.progress(2, 10);
    assertThat(world.stage.jobs().exists(JobKeys.atWork(TASK))).isTrue();
  }

  @Test
  void endsTheTaskOfACancelledJob() {
    world.stage.jobs().mark(JobKeys.cancelled(JOB));
    notes.progress(1, 10);
    pass(Duration.ofSeconds(1));

    assertThatThrownBy(() -> notes.progress(2, 10)).isInstanceOf(Monitor.Cancelled.class);
  }

  @Test
  void whoeverListensMayEndTheTaskAtAnyStep() {
    Monitor stopping = new ProgressNotes(world.stage, JOB, TASK, (done, total) -> {
      throw new Monitor.Cancelled("the worker is stopping");
    }, () -> nanos);

    assertThatThrownBy(() -> stopping.progress(1, 10)).isInstanceOf(Monitor.Cancelled.class);
  }

  @Test
  void aStoreThatIsAwayStopsNoWork() {
    pass(Duration.ofSeconds(1));
    world.storeAway = true;
    assertThatCode(() -> notes.progress(1, 10)).doesNotThrowAnyException();
    world.storeAway = false;
    pass(Duration.ofSeconds(1));
    notes.progress(2, 10);

    assertThat(noted()).contains(new Progress(2, 10));
  }

  private void pass(Duration time) {
    nanos += time.toNanos();
  }

  private Optional<Progress> noted() {
    return world.stage.jobs().read(JobKeys.progress(JOB, TASK), Progress.class);
  }
}
