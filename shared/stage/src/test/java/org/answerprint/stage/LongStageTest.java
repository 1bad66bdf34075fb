package org.answerprint.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.answerprint.events.EndState;
import org.answerprint.events.JobId;
import org.answerprint.events.TaskKey;
import org.answerprint.faults.InternalFault;
import org.answerprint.faults.KilledFault;
import org.answerprint.faults.RequestFault;
import org.answerprint.faults.TransientFault;
import org.answerprint.fleet.LongFilms;
import org.answerprint.jobs.End;
import org.answerprint.jobs.JobKeys;
import org.answerprint.methods.Monitor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LongStageTest {

  private static final JobId JOB = TestStage.JOB;
  private static final TaskKey TASK = new TaskKey("extract");
  private static final LongStage.Words WORDS = new LongStage.Words("it could not be done", "doing it went wrong", EndState.REJECTED);

  @TempDir
  Path scratch;

  private final TestStage world = new TestStage();
  private LongStage extract;
  private int done;

  @BeforeEach
  void open() {
    Stage stage = world.another(Map.of("ANSWERPRINT_SCRATCH", scratch.toString()), Clock.systemUTC());
    extract = new LongStage(stage, LongFilms.Work.EXTRACT, WORDS);
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void withoutTheVariablesNothingGoesElsewhereAndNothingIsLookedAt() {
    world.storeAway = true;
    assertThat(extract.goesElsewhere(JOB)).isFalse();
  }

  @Test
  void whatIsRepeatedWhileItIsDoneIsDoneOnce() {
    extract.once(JOB, () -> {
      extract.once(JOB, () -> done++);
      extract.once(new JobId("another-job"), () -> done++);
    });
    assertThat(done).as("the other job's alone").isEqualTo(1);
    extract.once(JOB, () -> done++);
    assertThat(done).as("asked for again afterwards").isEqualTo(2);
  }

  @Test
  void anAttemptIsCountedAndTimedAndInOneTurn() {
    extract.attempt(JOB, Monitor.NONE, notes -> {
      assertThat(Turn.isTaken(world.stage, JOB, TASK)).isTrue();
      assertThatThrownBy(() -> extract.attempt(JOB, Monitor.NONE, none -> done++)).isInstanceOf(TransientFault.class);
      extract.giveUp(JOB, new TransientFault("another instance is at it"));
    });
    assertThat(done).isZero();
    assertThat(tries()).isEqualTo(1);
    assertThat(world.stage.jobs().isEnded(JOB)).isFalse();
    assertThat(world.stage.jobs().exists(JobKeys.progress(JOB, TASK))).as("nobody is at it any more").isFalse();
    assertThat(world.meters.get("answerprint.stage").tags("stage", "extract", "outcome", "done").timer().count()).isEqualTo(1);
  }

  @Test
  void aWrongRequestEndsItsJobAsTheStageSays() {
    attempt(new RequestFault("no frame can be decoded"));
    assertEnded(EndState.REJECTED, "no frame can be decoded");
  }

  @Test
  void whatIsOurFaultEndsItsJobAndIsThrown() {
    assertThatThrownBy(() -> attempt(new InternalFault("no plan"))).isInstanceOf(InternalFault.class);
    assertEnded(EndState.FAILED, "doing it went wrong: no plan");
  }

  @Test
  void anAttemptThatTheWorldEndedDoesNotCountUntilItIsGivenUp() {
    TransientFault trouble = new TransientFault("the disk is full");
    for (int i = 0; i <= TaskRunner.ATTEMPTS; i++) {
      assertThatThrownBy(() -> attempt(trouble)).isSameAs(trouble);
    }
    assertThat(tries()).isZero();
    extract.giveUp(JOB, trouble);
    assertEnded(EndState.FAILED, "it could not be done, however often it was tried: the disk is full");
  }

  @Test
  void anAttemptWhoseProcessWasKilledCountsAndTheLastEndsItsJob() {
    KilledFault killed = new KilledFault("a decoder was killed", null);
    for (int i = 1; i < TaskRunner.ATTEMPTS; i++) {
      assertThatThrownBy(() -> attempt(killed)).isSameAs(killed);
      assertThat(world.stage.jobs().isEnded(JOB)).isFalse();
    }
    attempt(killed);
    assertEnded(EndState.FAILED, "it could not be done, however often it was tried: a decoder was killed");
  }

  @Test
  void aJobWhoseAttemptsAllDiedEndsWithoutAnother() {
    for (int i = 0; i < TaskRunner.ATTEMPTS; i++) {
      world.stage.jobs().beginAttempt(JOB, "extract");
    }
    extract.attempt(JOB, Monitor.NONE, notes -> done++);
    assertThat(done).isZero();
    assertEnded(EndState.FAILED, "it could not be done in 3 attempts; see the log of extract");
  }

  @Test
  void anAttemptThatTheMachineEndedIsBegunAgainAndDoesNotCount() {
    assertThatThrownBy(() -> attempt(new Monitor.Cancelled("the machine is being reclaimed")))
        .isInstanceOf(TransientFault.class).hasMessageContaining("the machine is being reclaimed");
    assertThat(world.stage.jobs().list(JobKeys.folder(JOB))).as("neither an attempt nor a sign of life is left").isEmpty();
  }

  @Test
  void anAttemptThatItsJobEndedIsNot() {
    world.stage.jobs().mark(JobKeys.cancelled(JOB));
    assertThatCode(() -> attempt(new Monitor.Cancelled("its job was cancelled"))).doesNotThrowAnyException();
    assertThat(tries()).isEqualTo(1);
  }

  private void attempt(RuntimeException trouble) {
    extract.attempt(JOB, Monitor.NONE, notes -> {
      throw trouble;
    });
  }

  private void assertEnded(EndState state, String reason) {
    End end = world.stage.jobs().end(JOB).orElseThrow();
    assertThat(end.state()).isEqualTo(state);
    assertThat(end.reason()).contains(reason);
  }

  private int tries() {
    return world.stage.jobs().list(JobKeys.triesFolder(JOB)).size();
  }
}
