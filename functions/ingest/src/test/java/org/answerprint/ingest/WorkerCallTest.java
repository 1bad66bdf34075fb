package org.answerprint.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.answerprint.events.JobId;
import org.answerprint.events.TaskKey;
import org.answerprint.faults.RequestFault;
import org.answerprint.fleet.JobSubmitter;
import org.answerprint.fleet.Submission;
import org.answerprint.jobs.EditTask;
import org.answerprint.jobs.Estimate;
import org.answerprint.jobs.JobKeys;
import org.answerprint.jobs.JoinSpec;
import org.answerprint.jobs.Plan;
import org.answerprint.jobs.PlannedShot;
import org.answerprint.queue.QueueDepth;
import org.answerprint.shots.Cut;
import org.answerprint.stage.Stage;
import org.answerprint.stage.StageSettings;
import org.answerprint.storage.MemoryObjectStore;
import org.answerprint.testkit.NoWork;
import org.answerprint.transport.memory.InMemoryFactPublisher;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The queue is a number, as a real one is counted in the tests of {@code queue}; the batch service is a list, since AWS Batch runs at AWS
 * only.
 */
class WorkerCallTest {

  private final List<Submission> called = new ArrayList<>();
  private Optional<RuntimeException> trouble = Optional.empty();
  private Optional<QueueDepth> depth = Optional.of(new QueueDepth(0, 0));
  private Stage stage;
  private SweepService sweeps;

  @BeforeEach
  void open() {
    open(Map.of("ANSWERPRINT_GPU_QUEUE", "films-gpu", "ANSWERPRINT_GPU_JOB", "films-worker", "ANSWERPRINT_GPU_JOBS_AT_MOST", "3",
        "ANSWERPRINT_GPU_START_SECONDS", "300", "ANSWERPRINT_GPU_START_SHARE", "0.25"));
  }

  private void open(Map<String, String> fleet) {
    stage = new Stage(StageSettings.of(fleet), Clock.systemUTC(), new MemoryObjectStore(Clock.systemUTC()), new InMemoryFactPublisher(),
        new NoWork(), Optional.of(submitter()), new SimpleMeterRegistry());
    sweeps = new SweepService(stage, new IngestService(stage), new WorkerCall(stage, () -> depth));
  }

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void anEmptyQueueCallsNobody() {
    assertThat(sweeps.sweep().called()).isZero();
    assertThat(called).isEmpty();
  }

  @Test
  void aFirstItemCallsAWorkerAndTheNextSweepNoOther() {
    wait(1);
    assertThat(sweeps.sweep().called()).isEqualTo(1);
    assertThat(sweeps.sweep().called()).isZero();
    assertThat(called).singleElement().satisfies(job -> assertThat(job.queue()).isEqualTo("films-gpu"));
  }

  @Test
  void whatThePlansExpectOfAnItemSaysHowManyWorkersItIsWorth() {
    planned("long", 4, 4 * 240);
    wait(9);
    assertThat(sweeps.sweep().called()).as("nine items of four minutes are 2160 s; a start is 300 s").isEqualTo(1);
    planned("longer", 4, 4 * 720);
    assertThat(sweeps.sweep().called()).as("of eight minutes on average, 4320 s: three, one is there").isEqualTo(2);
  }

  @Test
  void aServiceThatRefusesIsSaidAndKeepsNoUploadWaiting() {
    trouble = Optional.of(new RequestFault("there is no queue films-gpu"));
    wait(1);
    assertThat(sweeps.sweep()).isEqualTo(new SweepService.Swept(0, 0, 0));
  }

  @Test
  void aQueueThatCannotBeCountedIsSaidAndKeepsNoUploadWaiting() {
    depth = Optional.empty();
    assertThat(sweeps.sweep()).isEqualTo(new SweepService.Swept(0, 0, 0));
  }

  @Test
  void withoutTheVariablesNobodyIsCalled() {
    stage.close();
    open(Map.of());
    wait(5);
    assertThat(sweeps.sweep().called()).isZero();
  }

  private void wait(int items) {
    depth = Optional.of(new QueueDepth(items - items / 2, items / 2));
  }

  /** An open job whose plan has so many items. */
  private void planned(String name, int items, double seconds) {
    JobId job = new JobId(name);
    List<EditTask> edits = IntStream.range(0, items).mapToObj(i ->
        new EditTask(new TaskKey(name + i), 1, i + 1, i, 1, 0, 0, "none", false)).toList();
    PlannedShot shot = new PlannedShot(1, 0, Cut.START, 0, items, 0, items, 0, 0, JoinSpec.CUT, edits, List.of());
    stage.jobs().mark(JobKeys.open(job));
    stage.jobs().write(JobKeys.plan(job), new Plan(List.of(shot), items, new Estimate(items, seconds, BigDecimal.ZERO), 0));
  }

  private JobSubmitter submitter() {
    return new JobSubmitter() {
      @Override
      public String submit(Submission job) {
        trouble.ifPresent(fault -> {
          throw fault;
        });
        called.add(job);
        return "id";
      }

      @Override
      public void close() {
        // nothing is open
      }
    };
  }
}
