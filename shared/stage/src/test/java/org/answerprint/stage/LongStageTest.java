package org.answerprint.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.answerprint.events.JobId;
import org.answerprint.faults.TransientFault;
import org.answerprint.fleet.LongFilms;
import org.answerprint.jobs.JobKeys;
import org.answerprint.methods.Monitor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LongStageTest {

  private static final JobId JOB = TestStage.JOB;

  private final TestStage world = new TestStage();
  private final LongStage extract = new LongStage(world.stage, LongFilms.Work.EXTRACT);

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void withoutTheVariablesNothingGoesElsewhereAndNothingIsLookedAt() {
    world.storeAway = true;
    assertThat(extract.goesElsewhere(JOB)).isFalse();
    world.storeAway = false;
  }

  @Test
  void anAttemptThatTheMachineEndedIsBegunAgainAndDoesNotCount() {
    int attempt = world.stage.jobs().beginAttempt(JOB, "extract");
    ProgressNotes.begin(world.stage, JOB, extract.task());
    assertThatThrownBy(() -> extract.cancelled(JOB, attempt, new Monitor.Cancelled("the machine is being reclaimed")))
        .isInstanceOf(TransientFault.class).hasMessageContaining("the machine is being reclaimed");
    assertThat(world.stage.jobs().list(JobKeys.folder(JOB))).as("neither an attempt nor a sign of life is left").isEmpty();
  }

  @Test
  void anAttemptThatItsJobEndedIsNot() {
    int attempt = world.stage.jobs().beginAttempt(JOB, "extract");
    world.stage.jobs().mark(JobKeys.cancelled(JOB));
    extract.cancelled(JOB, attempt, new Monitor.Cancelled("its job was cancelled"));
    assertThat(world.stage.jobs().list(JobKeys.triesFolder(JOB))).hasSize(1);
  }
}
