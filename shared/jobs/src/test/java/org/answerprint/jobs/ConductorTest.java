package org.answerprint.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.answerprint.events.EndState;
import org.answerprint.events.Fact;
import org.answerprint.events.FailureKind;
import org.answerprint.events.JobId;
import org.answerprint.events.Message;
import org.answerprint.events.ObjectRef;
import org.answerprint.events.TaskKey;
import org.answerprint.events.WorkItem;
import org.answerprint.faults.TransientFault;
import org.answerprint.storage.MemoryObjectStore;
import org.answerprint.testing.HandClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConductorTest {

  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final String RECIPE = Samples.LOOK + "transition: { type: dissolve, frames: 12 }\n";

  private final HandClock clock = new HandClock();
  private final JobStore jobs = new JobStore(new MemoryObjectStore(clock), Samples.BUCKETS);
  private final List<Message> sent = new ArrayList<>();
  private final Job job = Samples.job(RECIPE);
  private final JobId id = job.id();
  private final List<PlannedShot> shots = Samples.shots(job, 50, 50);
  private Conductor conductor = conductor();

  private Conductor conductor() {
    return new Conductor(jobs, sent::add, clock, PATIENCE);
  }

  @BeforeEach
  void accept() {
    jobs.mark(JobKeys.open(id));
    jobs.write(JobKeys.job(id), job);
  }

  @Test
  void nothingIsKnownOfAJobThatDoesNotExist() {
    conductor.reconcile(new JobId("nobody"));

    assertThat(sent).isEmpty();
    assertThat(conductor.assembly(new JobId("nobody"))).isEmpty();
  }

  @Test
  void aNewJobIsExtractedOnce() {
    assertThat(reconcile()).containsExactly(new Fact.VideoAccepted(id));
    assertThat(reconcile()).isEmpty();
  }

  @Test
  void everyShotIsSentOutOnceAsItIsFound() {
    reconcile();
    index(0);
    assertThat(reconcile()).containsExactly(edit(0));
    index(1);
    assertThat(reconcile()).containsExactly(edit(1));
    assertThat(reconcile()).isEmpty();
  }

  @Test
  void whatWasSentIsSentAgainOncePatienceIsOver() {
    plan();
    assertThat(reconcile()).containsExactly(edit(0), edit(1));
    clock.turn(PATIENCE.minusMillis(1));
    assertThat(reconcile()).isEmpty();
    clock.turn(Duration.ofMillis(1));
    assertThat(reconcile()).containsExactly(edit(0), edit(1));
    assertThat(reconcile()).isEmpty();
  }

  @Test
  void longWorkThatShowsProgressIsNotSentAgain() {
    plan();
    TaskKey task = shots.getFirst().edits().getFirst().key();
    assertThat(reconcile()).containsExactly(edit(0), edit(1));
    jobs.beginAttempt(id, task.value());
    clock.turn(PATIENCE.plusMinutes(1));
    jobs.objects().put(Samples.BUCKETS.work(), JobKeys.progress(id, task), new byte[0], "application/json");
    clock.turn(PATIENCE.minusMillis(1));
    assertThat(reconcile()).containsExactly(edit(1));
    clock.turn(Duration.ofMillis(1));
    assertThat(reconcile()).as("it has been silent for too long").containsExactly(edit(0));
  }

  @Test
  void whatSomebodyBeganIsLeftAloneEvenByOneWhoDidNotSendIt() {
    plan();
    jobs.beginAttempt(id, shots.getFirst().edits().getFirst().key().value());

    assertThat(reconcile()).containsExactly(edit(1));
    clock.turn(PATIENCE.minusMillis(1));
    jobs.beginAttempt(id, shots.getFirst().edits().getFirst().key().value());
    clock.turn(Duration.ofMillis(1));
    assertThat(reconcile()).as("its second attempt is fresh").containsExactly(edit(1));
    clock.turn(PATIENCE);
    assertThat(reconcile()).containsExactly(edit(0), edit(1));
  }

  @Test
  void anExtractionUnderWayIsLeftAlone() {
    jobs.beginAttempt(id, "extract");

    assertThat(reconcile()).isEmpty();
    clock.turn(PATIENCE);
    assertThat(reconcile()).containsExactly(new Fact.VideoAccepted(id));
  }

  @Test
  void anExtractionThatWasHandedInElsewhereIsLeftAlone() {
    jobs.mark(JobKeys.submission(id, "extract", 1));
    jobs.mark(JobKeys.receipt(id, "extract", 1));

    assertThat(reconcile()).isEmpty();
    clock.turn(PATIENCE);
    assertThat(reconcile()).containsExactly(new Fact.VideoAccepted(id));
  }

  @Test
  void anExtractionThatMayNotHaveBeenHandedInIsAskedForAgain() {
    jobs.mark(JobKeys.submission(id, "extract", 1));

    assertThat(reconcile()).containsExactly(new Fact.VideoAccepted(id));
  }

  @Test
  void aMessageThatCouldNotBeSentIsSentNextTime() {
    plan();
    List<Message> reached = new ArrayList<>();
    boolean[] unwell = {true};
    Conductor unlucky = new Conductor(jobs, message -> {
      if (unwell[0]) {
        throw new TransientFault("the broker is away");
      }
      reached.add(message);
    }, clock, PATIENCE);

    assertThatThrownBy(() -> unlucky.reconcile(id)).isInstanceOf(TransientFault.class);
    unwell[0] = false;
    unlucky.reconcile(id);
    assertThat(reached).containsExactly(edit(0), edit(1));
  }

  @Test
  void workThatIsFoundIsMarkedAndNotSent() {
    plan();
    output(JobKeys.take(shots.get(0).edits().getFirst().key()));
    output(JobKeys.take(shots.get(1).edits().getFirst().key()));

    assertThat(reconcile()).containsExactly(bridge());
    assertThat(jobs.done(id, shots.getFirst().edits().getFirst().key())).contains(new DoneMark(0, 0));
  }

  @Test
  void aFilmThatIsAllThereIsAssembledAtOnce() {
    plan();
    output(JobKeys.take(shots.get(0).edits().getFirst().key()));
    output(JobKeys.take(shots.get(1).edits().getFirst().key()));
    output(JobKeys.transition(bridge().taskKey()));

    assertThat(reconcile()).containsExactly(new Fact.PartsCompleted(id));
    assertThat(reconcile()).isEmpty();
    assertThat(conductor.assembly(id)).hasValueSatisfying(parts ->
        assertThat(parts.shots()).extracting(Assembly.AssembledShot::shot).isEqualTo(shots));
  }

  @Test
  void aFilmThatLacksAPartHasNoAssembly() {
    plan();
    jobs.write(JobKeys.done(id, shots.getFirst().edits().getFirst().key()), new DoneMark(1, 1));

    assertThat(conductor.assembly(id)).isEmpty();
  }

  @Test
  void aFailedShotsFallbackIsSent() {
    plan();
    jobs.write(JobKeys.failed(id, shots.getFirst().edits().getFirst().key()),
        new FailedMark(1, FailureKind.REQUEST, "no such table"));

    assertThat(reconcile()).contains(new WorkItem.EditWork(id, shots.getFirst().fallbacks().getFirst().key(), 1, 1))
        .doesNotContain(edit(0));
  }

  @Test
  void aCancelledJobEndsOnce() {
    plan();
    jobs.mark(JobKeys.cancelled(id));

    assertThat(reconcile())
        .containsExactly(new Fact.JobEnded(id, EndState.CANCELLED, Optional.of("it was cancelled"), Optional.empty()));
    assertThat(jobs.open()).isEmpty();
    assertThat(jobs.end(id)).map(End::at).contains(clock.instant());
    assertThat(reconcile()).isEmpty();
  }

  @Test
  void anEndThatNobodyWasToldOfIsTold() {
    End end = new End(EndState.FINAL, Optional.empty(), Optional.of(new ObjectRef("test-out", "film")),
        clock.instant());
    jobs.write(JobKeys.end(id), end);

    assertThat(reconcile()).containsExactly(new Fact.JobEnded(id, EndState.FINAL, Optional.empty(), end.output()));
    assertThat(jobs.open()).isEmpty();
    assertThat(reconcile()).as("late messages about an ended job").isEmpty();
  }

  @Test
  void theFirstEndStands() {
    JobEnder ender = new JobEnder(jobs, sent::add, clock);
    ObjectRef film = new ObjectRef("test-out", "film");
    ender.finish(id, film);
    End stands = ender.stop(id, EndState.FAILED, "too late");

    assertThat(stands.state()).isEqualTo(EndState.FINAL);
    assertThat(sent).containsOnly(new Fact.JobEnded(id, EndState.FINAL, Optional.empty(), Optional.of(film)));
  }

  @Test
  void anotherProcessKnowsNothingOfWhatWasSentAndDoesNoHarm() {
    plan();
    reconcile();
    conductor = conductor();

    assertThat(reconcile()).containsExactly(edit(0), edit(1));
  }

  private List<Message> reconcile() {
    sent.clear();
    conductor.reconcile(id);
    return List.copyOf(sent);
  }

  private void index(int shot) {
    PlannedShot planned = shots.get(shot);
    TaskPlanner.Found found = Samples.found(shot + 1, planned.firstFrame(), planned.frames(), shot == 1);
    jobs.write(JobKeys.shotIndex(id, shot + 1),
        new ShotIndex(planned, found.pts(), found.times(), new long[] {found.pts()[0]}));
  }

  private void plan() {
    index(0);
    index(1);
    jobs.write(JobKeys.plan(id), Samples.plan(shots));
  }

  private void output(String key) {
    jobs.mark(key);
  }

  private WorkItem edit(int shot) {
    EditTask task = shots.get(shot).edits().getFirst();
    return new WorkItem.EditWork(id, task.key(), shot + 1, 1);
  }

  private WorkItem.TransitionWork bridge() {
    TransitionTask task = new TaskPlanner(job)
        .transition(shots.get(0), shots.get(0).edits(), shots.get(1), shots.get(1).edits(), false).orElseThrow();
    return new WorkItem.TransitionWork(id, task.key(), 1);
  }
}
