package org.answerprint.stage;

import static org.answerprint.stage.TestStage.JOB;
import static org.answerprint.stage.TestStage.OUTPUT;
import static org.answerprint.stage.TestStage.TASK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.answerprint.events.EndState;
import org.answerprint.events.Fact;
import org.answerprint.events.FailureKind;
import org.answerprint.events.JobId;
import org.answerprint.facts.FactLog;
import org.answerprint.faults.InternalFault;
import org.answerprint.faults.RequestFault;
import org.answerprint.faults.TransientFault;
import org.answerprint.jobs.DoneMark;
import org.answerprint.jobs.FailedMark;
import org.answerprint.jobs.JobKeys;
import org.answerprint.jobs.SpentMark;
import org.answerprint.methods.Monitor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TaskRunnerTest {

  private final TestStage world = new TestStage();
  private final TaskRunner runner = new TaskRunner(world.stage);
  private int begun;

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void worksMarksAndTells() {
    assertThat(run(world::output)).isEqualTo(new Outcome.Finished(1));

    assertThat(world.stage.jobs().done(JOB, TASK)).hasValueSatisfying(mark -> {
      assertThat(mark.attempt()).isEqualTo(1);
      assertThat(mark.seconds()).isNotNegative();
    });
    assertThat(world.facts.published()).containsExactly(new Fact.ShotEdited(JOB, TASK, 2, 1, 1));
    assertThat(world.meters.get("answerprint.stage").tags("stage", "edit", "outcome", "done").timer().count())
        .isEqualTo(1);
  }

  @Test
  void anOutputThatIsThereIsFoundAndMarked() {
    world.output();

    assertThat(run(world::output)).isEqualTo(new Outcome.Finished(0));
    assertThat(begun).isZero();
    assertThat(world.stage.jobs().done(JOB, TASK)).contains(new DoneMark(0, 0));
    assertThat(world.facts.published()).containsExactly(new Fact.ShotEdited(JOB, TASK, 2, 1, 0));
    assertThat(tries()).isZero();
  }

  @Test
  void aWrongRequestIsGivenUpAtOnce() {
    Outcome.Failed failed = new Outcome.Failed(FailureKind.REQUEST, "no such table", 1);
    assertThat(run(() -> {
      throw new RequestFault("no such table");
    })).isEqualTo(failed);

    assertThat(world.stage.jobs().failed(JOB, TASK)).contains(new FailedMark(1, FailureKind.REQUEST, "no such table"));
    assertThat(world.facts.published())
        .containsExactly(new Fact.TaskFailed(JOB, TASK, 2, 1, FailureKind.REQUEST, "no such table"));
    assertThat(run(world::output)).as("delivered again").isEqualTo(failed);
    assertThat(begun).isEqualTo(1);
    assertThat(world.stage.jobs().done(JOB, TASK)).isEmpty();
  }

  @Test
  void aWorldThatIsUnwellIsTriedTwiceMoreAndThenGivenUp() {
    Runnable unwell = () -> {
      throw new TransientFault("the disk is full");
    };

    assertThat(run(unwell)).isInstanceOfSatisfying(Outcome.Later.class, later -> {
      assertThat(later.reason()).isEqualTo("the disk is full");
      assertThat(later.delay()).isBetween(Duration.ofMillis(7500), Duration.ofMillis(12500));
    });
    assertThat(run(unwell)).isInstanceOfSatisfying(Outcome.Later.class,
        later -> assertThat(later.delay()).as("outlasts most of a minute").isBetween(Duration.ofSeconds(45), Duration.ofSeconds(75)));
    assertThat(world.facts.published()).isEmpty();
    assertThat(run(unwell)).isEqualTo(new Outcome.Failed(FailureKind.TRANSIENT, "the disk is full", 3));
    assertThat(begun).isEqualTo(3);
  }

  /** What another task left in memory may be gone next time, and another worker may have more. */
  @Test
  void aTaskThatMemoryRunsOutForIsTriedTwiceMoreAndThenSaysSo() {
    Runnable hungry = () -> {
      throw new OutOfMemoryError("Java heap space");
    };
    List<String> lines = new ArrayList<>();

    try (Listening _ = new Listening(lines)) {
      assertThat(run(hungry)).isInstanceOf(Outcome.Later.class);
      assertThat(run(hungry)).isInstanceOf(Outcome.Later.class);
      assertThat(run(hungry)).isEqualTo(new Outcome.Failed(FailureKind.TRANSIENT,
          "memory ran out (Java heap space): give the worker more, or make the pictures smaller", 3));
    }
    assertThat(begun).isEqualTo(3);
    assertThat(lines).filteredOn(line -> line.contains("\"task_broke\"")).hasSize(3)
        .allSatisfy(line -> assertThat(line).contains("OutOfMemoryError", "TaskRunnerTest.java"));
  }

  @Test
  void aTaskThatKillsItsWorkersIsGivenUpOnItsFourthBegin() {
    for (int i = 0; i < TaskRunner.ATTEMPTS; i++) {
      assertThatThrownBy(() -> run(() -> {
        throw new Killed("killed");
      })).isInstanceOf(Killed.class);
    }

    assertThat(run(world::output)).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
      assertThat(failed.attempt()).isEqualTo(3);
      assertThat(failed.reason()).contains("begun 3 times");
    });
    assertThat(begun).isEqualTo(3);
  }

  @Test
  void aSecondCopyWaitsWhileTheFirstIsWorkedOn() {
    Outcome[] second = new Outcome[1];

    assertThat(run(() -> {
      second[0] = run(world::output);
      world.output();
    })).isEqualTo(new Outcome.Finished(1));

    assertThat(second[0]).isEqualTo(new Outcome.Later(Duration.ofSeconds(10), "another worker is at it"));
    assertThat(begun).isEqualTo(1);
    assertThat(world.stage.jobs().exists(JobKeys.progress(JOB, TASK))).as("nobody is at it any more").isFalse();
  }

  @Test
  void aTaskThatAnotherJobSharesWaitsWhileTheFirstIsWorkedOn() {
    JobId other = new JobId("another-job");
    Outcome[] second = new Outcome[1];

    assertThat(run(() -> {
      second[0] = runner.run(task(other, world::output), Delivery.FIRST);
      world.output();
    })).isEqualTo(new Outcome.Finished(1));

    assertThat(second[0]).isEqualTo(new Outcome.Later(Duration.ofSeconds(10), "another worker is at it"));
    assertThat(world.stage.jobs().list(JobKeys.folder(other))).as("no attempt of its own").isEmpty();
    assertThat(runner.run(task(other, world::output), Delivery.FIRST)).isEqualTo(new Outcome.Finished(0));
    assertThat(begun).isEqualTo(1);
    assertThat(world.stage.jobs().list(JobKeys.AT_WORK)).as("nobody is at it any more").isEmpty();
  }

  @Test
  void anItemWhoseWorkerDiedIsWorkedOnAtOnceThoughItsLastSignOfLifeIsFresh() {
    ProgressNotes.begin(world.stage, JOB, TASK);

    assertThat(runner.run(task(world::output), Delivery.AGAIN)).isEqualTo(new Outcome.Finished(1));
  }

  @Test
  void whatAWorkerSpentThatDiedIsNotedByItsLastSignOfLife() {
    assertThatThrownBy(() -> run(() -> {
      throw new Killed("killed");
    })).isInstanceOf(Killed.class);
    ProgressNotes.begin(world.stage, JOB, TASK);

    assertThat(runner.run(task(world::output), Delivery.AGAIN)).isEqualTo(new Outcome.Finished(2));
    assertThat(spent()).singleElement().satisfies(mark -> {
      assertThat(mark.attempt()).isEqualTo(1);
      assertThat(mark.seconds()).isNotNegative();
    });
    assertThat(runner.run(task(world::output), Delivery.AGAIN)).as("once").isEqualTo(new Outcome.Finished(0));
    assertThat(spent()).hasSize(1);
  }

  @Test
  void everyAttemptThatCameToNothingIsNotedBeforeItIsTold() {
    run(() -> {
      throw new Monitor.Cancelled("the machine is reclaimed");
    });
    run(() -> {
      throw new TransientFault("the disk is full");
    });
    world.refused = fact -> true;
    assertThatThrownBy(() -> run(() -> {
      throw new RequestFault("no such table");
    })).isInstanceOf(TransientFault.class);

    assertThat(spent()).extracting(SpentMark::attempt).contains(1, 2);
    assertThat(spent()).allSatisfy(mark -> assertThat(mark.seconds()).isNotNegative());
  }

  @Test
  void aTaskOfACancelledOrEndedJobIsDropped() {
    world.stage.jobs().mark(JobKeys.cancelled(JOB));
    assertThat(run(world::output)).isInstanceOf(Outcome.Dropped.class);
    world.stage.jobs().delete(JobKeys.cancelled(JOB));
    world.stage.ender().stop(JOB, EndState.FAILED, "another shot failed");
    assertThat(run(world::output)).isInstanceOf(Outcome.Dropped.class);

    assertThat(begun).isZero();
    assertThat(world.facts.published(Fact.ShotEdited.class)).isEmpty();
  }

  @Test
  void workOnAReclaimedMachineIsHandedBackWithoutCounting() {
    for (int i = 0; i < 2 * TaskRunner.ATTEMPTS; i++) {
      assertThat(run(() -> {
        throw new Monitor.Cancelled("the machine is reclaimed");
      })).isEqualTo(new Outcome.Later(Duration.ZERO, "the machine is reclaimed"));
      assertThat(tries()).isZero();
    }

    assertThat(run(world::output)).isEqualTo(new Outcome.Finished(1));
  }

  @Test
  void workThatIsCancelledWithItsJobIsDropped() {
    assertThat(run(() -> {
      world.stage.jobs().mark(JobKeys.cancelled(JOB));
      throw new Monitor.Cancelled("its job was cancelled");
    })).isEqualTo(new Outcome.Dropped("its job was cancelled"));
  }

  @Test
  void anythingUnexpectedIsOurFaultAndIsLoggedWithItsTrace() {
    List<String> lines = new ArrayList<>();
    Outcome outcome;
    try (Listening _ = new Listening(lines)) {
      outcome = run(() -> {
        throw new IllegalStateException("who would have thought");
      });
    }

    assertThat(outcome).isEqualTo(new Outcome.Failed(FailureKind.INTERNAL,
        "an unexpected IllegalStateException: who would have thought", 1));
    assertThat(lines).anySatisfy(line -> assertThat(line)
        .contains("\"task_broke\"", "IllegalStateException", "TaskRunnerTest.java"));
  }

  @Test
  void ourOwnFaultsAreGivenUpAtOnce() {
    assertThat(run(() -> {
      throw new InternalFault("shot 2 has no index");
    })).isEqualTo(new Outcome.Failed(FailureKind.INTERNAL, "shot 2 has no index", 1));
  }

  @Test
  void aCrashBetweenOutputAndMarkIsMadeGoodByTheSecondDelivery() {
    assertThatThrownBy(() -> run(() -> {
      world.output();
      throw new Killed("killed behind its output");
    })).isInstanceOf(Killed.class);
    assertThat(world.stage.jobs().done(JOB, TASK)).isEmpty();

    assertThat(run(world::output)).isEqualTo(new Outcome.Finished(0));
    assertThat(begun).isEqualTo(1);
    assertThat(world.stage.jobs().done(JOB, TASK)).isPresent();
    assertThat(world.facts.published()).hasSize(1);
  }

  /** Found by this test: a broker that was away when the third attempt was told made a failure of a finished task. */
  @Test
  void aBrokerThatIsAwayNeverMakesAFailureOfFinishedWork() {
    world.stage.jobs().beginAttempt(JOB, TASK.value());
    world.stage.jobs().beginAttempt(JOB, TASK.value());
    world.refused = fact -> true;
    assertThatThrownBy(() -> run(world::output)).isInstanceOf(TransientFault.class);
    world.refused = fact -> false;

    assertThat(world.stage.jobs().failed(JOB, TASK)).isEmpty();
    assertThat(run(world::output)).isEqualTo(new Outcome.Finished(0));
    assertThat(begun).isEqualTo(1);
  }

  @Test
  void aFailureThatCouldNotBeToldIsToldByTheSecondDelivery() {
    Runnable wrong = () -> {
      throw new RequestFault("no such table");
    };
    world.refused = fact -> true;
    assertThatThrownBy(() -> run(wrong)).isInstanceOf(TransientFault.class);
    world.refused = fact -> false;

    assertThat(run(wrong)).isEqualTo(new Outcome.Failed(FailureKind.REQUEST, "no such table", 1));
    assertThat(world.facts.published(Fact.TaskFailed.class)).hasSize(1);
    assertThat(begun).isEqualTo(1);
  }

  @Test
  void aTaskThatAnotherDeliveryFinishedIsNotGivenUp() {
    assertThat(run(() -> {
      world.output();
      throw new RequestFault("the upload was replaced meanwhile");
    })).isEqualTo(new Outcome.Finished(0));
    assertThat(runner.fail(task(world::output), 3, FailureKind.INTERNAL, "the queue gave up"))
        .isEqualTo(new Outcome.Finished(0));
    assertThat(world.stage.jobs().failed(JOB, TASK)).isEmpty();
  }

  @Test
  void whatIsAbandonedDoesNotCountAndNobodyWaitsForIt() {
    List<Integer> left = new ArrayList<>();
    run(() -> {
      left.add(tries());
      runner.abandon();
      left.add(tries());
      assertThat(world.stage.jobs().exists(JobKeys.progress(JOB, TASK))).isFalse();
      world.output();
    });
    assertThat(left).containsExactly(1, 0);
  }

  @Test
  void whatHasEndedIsNotAbandoned() {
    run(world::output);
    runner.abandon();
    assertThat(tries()).isEqualTo(1);
  }

  private Outcome run(Runnable work) {
    return runner.run(task(work), Delivery.FIRST);
  }

  private TaskRunner.Task task(Runnable work) {
    return task(JOB, work);
  }

  private TaskRunner.Task task(JobId job, Runnable work) {
    return new TaskRunner.Task("edit", job, TASK, 2, OUTPUT, () -> {
      begun++;
      work.run();
    }, attempt -> new Fact.ShotEdited(job, TASK, 2, 1, attempt),
        (attempt, kind, reason) -> new Fact.TaskFailed(job, TASK, 2, attempt, kind, reason));
  }

  private List<SpentMark> spent() {
    return world.stage.jobs().spent(JOB).getOrDefault(TASK, List.of());
  }

  private int tries() {
    return world.stage.jobs().list(JobKeys.triesFolder(JOB)).size();
  }

  /** The end of a process, as far as a task sees it. */
  private static final class Killed extends Error {

    private static final long serialVersionUID = 1;

    Killed(String message) {
      super(message);
    }
  }

  /** Hears what is logged as facts. */
  private static final class Listening extends Handler implements AutoCloseable {

    private final Logger logger = Logger.getLogger(FactLog.LOGGER);
    private final List<String> lines;

    Listening(List<String> lines) {
      this.lines = lines;
      logger.addHandler(this);
    }

    @Override
    public void publish(LogRecord line) {
      lines.add(line.getMessage());
    }

    @Override
    public void flush() {
      // nothing is kept back
    }

    @Override
    public void close() {
      logger.removeHandler(this);
    }
  }
}
