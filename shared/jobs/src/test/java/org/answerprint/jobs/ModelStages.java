package org.answerprint.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.answerprint.events.EndState;
import org.answerprint.events.Fact;
import org.answerprint.events.FailureKind;
import org.answerprint.events.JobId;
import org.answerprint.events.Message;
import org.answerprint.events.ObjectRef;
import org.answerprint.events.TaskKey;
import org.answerprint.events.WorkItem;
import org.answerprint.faults.RequestFault;
import org.answerprint.faults.TransientFault;
import org.answerprint.storage.ObjectStore;

/** What the stages do to a job's objects, without any pictures. */
final class ModelStages {

  static final int ATTEMPTS = 3;

  /** What a process is there for. */
  enum Role {
    PARTS, EXTRACT, ASSEMBLE, WORK;

    boolean takes(Message message) {
      return this == switch (message) {
        case Fact.VideoAccepted accepted -> EXTRACT;
        case Fact.PartsCompleted completed -> ASSEMBLE;
        case WorkItem item -> WORK;
        default -> PARTS;
      };
    }
  }

  private final ModelWorld world;
  private final JobStore jobs;
  private final Outbox outbox;
  private final Conductor conductor;
  private final JobEnder ender;

  ModelStages(ModelWorld world, ObjectStore store, Outbox outbox) {
    this.world = world;
    this.jobs = new JobStore(store, Samples.BUCKETS);
    this.outbox = outbox;
    this.conductor = new Conductor(jobs, outbox, world.clock(), ModelWorld.PATIENCE);
    this.ender = new JobEnder(jobs, outbox, world.clock());
  }

  void handle(Message message) {
    switch (message) {
      case Fact.VideoAccepted accepted -> extract(accepted.jobId());
      case Fact.PartsCompleted completed -> assemble(completed.jobId());
      case WorkItem item -> work(item);
      default -> conductor.reconcile(message.jobId());
    }
  }

  private void extract(JobId id) {
    if (jobs.isEnded(id) || jobs.isCancelled(id)) {
      return;
    }
    if (jobs.exists(JobKeys.plan(id))) {
      outbox.send(new Fact.FilmPlanned(id));
      return;
    }
    if (jobs.beginAttempt(id, "extract") > ATTEMPTS) {
      ender.stop(id, EndState.FAILED, "its shots could not be found");
      return;
    }
    List<PlannedShot> shots = Samples.shots(jobs.existing(id), world.frames());
    for (PlannedShot shot : shots) {
      TaskPlanner.Found found = Samples.found(shot.number(), shot.firstFrame(), shot.frames(),
          shot.number() == shots.size());
      jobs.write(JobKeys.shotIndex(id, shot.number()), new ShotIndex(shot, found.pts(), found.times(), new long[0]));
      outbox.send(new Fact.ShotFound(id, shot.number()));
    }
    jobs.write(JobKeys.plan(id), Samples.plan(shots));
    outbox.send(new Fact.FilmPlanned(id));
  }

  private void work(WorkItem item) {
    JobId id = item.jobId();
    if (jobs.isEnded(id) || jobs.isCancelled(id)) {
      return;
    }
    Optional<FailedMark> givenUp = jobs.failed(id, item.taskKey());
    if (givenUp.isPresent()) {
      outbox.send(failed(item, givenUp.get()));
      return;
    }
    if (jobs.exists(output(item))) {
      finish(item, 0);
      return;
    }
    int attempt = jobs.beginAttempt(id, item.taskKey().value());
    try {
      if (attempt > ATTEMPTS) {
        throw new RequestFault("it was begun too often");
      }
      make(item);
    } catch (TransientFault e) {
      if (attempt < ATTEMPTS) {
        world.requeue(item);
        return;
      }
      fail(item, new FailedMark(attempt, FailureKind.TRANSIENT, e.getMessage()));
      return;
    } catch (RequestFault e) {
      fail(item, new FailedMark(Math.min(attempt, ATTEMPTS), FailureKind.REQUEST, e.getMessage()));
      return;
    }
    finish(item, attempt);
  }

  private void make(WorkItem item) {
    if (world.isBriefly()) {
      throw new TransientFault("the disk is full");
    }
    if (world.isBroken(item.taskKey())) {
      throw new RequestFault("it is broken");
    }
    switch (item) {
      case WorkItem.EditWork edit -> edit(edit);
      case WorkItem.TransitionWork bridge -> bridge(bridge);
    }
  }

  private void edit(WorkItem.EditWork item) {
    PlannedShot shot = jobs.shotIndex(item.jobId(), item.shot()).orElseThrow().shot();
    EditTask task = Stream.of(shot.edits(), shot.fallbacks()).flatMap(List::stream)
        .filter(t -> t.key().equals(item.taskKey())).findFirst().orElseThrow();
    if (task.headFrames() + task.tailFrames() > 0) {
      jobs.mark(JobKeys.takeHandles(task.key()));
    }
    jobs.mark(JobKeys.takeFacts(task.key()));
    jobs.mark(JobKeys.take(task.key()));
  }

  private void bridge(WorkItem.TransitionWork item) {
    PlannedShot left = jobs.shotIndex(item.jobId(), item.leftShot()).orElseThrow().shot();
    PlannedShot right = jobs.shotIndex(item.jobId(), item.leftShot() + 1).orElseThrow().shot();
    TransitionTask task = new TaskPlanner(jobs.existing(item.jobId())).transition(left, right, item.taskKey())
        .orElseThrow();
    if (task.leftFrames() > 0) {
      require(JobKeys.takeHandles(task.leftTake()), "a transition was asked for before its left handle");
    }
    if (task.rightFrames() > 0) {
      require(JobKeys.takeHandles(task.rightTake()), "a transition was asked for before its right handle");
    }
    jobs.mark(JobKeys.transition(task.key()));
  }

  private void finish(WorkItem item, int attempt) {
    jobs.write(JobKeys.done(item.jobId(), item.taskKey()), new DoneMark(attempt, 1));
    outbox.send(switch (item) {
      case WorkItem.EditWork edit -> new Fact.ShotEdited(edit.jobId(), edit.taskKey(), edit.shot(), edit.piece(),
          attempt);
      case WorkItem.TransitionWork bridge -> new Fact.TransitionMade(bridge.jobId(), bridge.taskKey(),
          bridge.leftShot(), attempt);
    });
  }

  private void fail(WorkItem item, FailedMark mark) {
    if (jobs.exists(output(item))) {
      finish(item, 0);
      return;
    }
    jobs.write(JobKeys.failed(item.jobId(), item.taskKey()), mark);
    outbox.send(failed(item, mark));
  }

  private static Fact failed(WorkItem item, FailedMark mark) {
    int shot = item instanceof WorkItem.EditWork edit ? edit.shot() : ((WorkItem.TransitionWork) item).leftShot();
    return new Fact.TaskFailed(item.jobId(), item.taskKey(), shot, mark.attempt(), mark.kind(), mark.reason());
  }

  private static String output(WorkItem item) {
    TaskKey task = item.taskKey();
    return item instanceof WorkItem.EditWork ? JobKeys.take(task) : JobKeys.transition(task);
  }

  private void assemble(JobId id) {
    Optional<Assembly> parts = jobs.isEnded(id) ? Optional.empty() : conductor.assembly(id);
    if (parts.isEmpty()) {
      conductor.reconcile(id);
      return;
    }
    Job job = jobs.existing(id);
    ObjectRef film = new ObjectRef(Samples.BUCKETS.out(), job.filmKey());
    if (jobs.objects().head(film.bucket(), film.key()).isEmpty()) {
      if (jobs.beginAttempt(id, "assemble") > ATTEMPTS) {
        ender.stop(id, EndState.FAILED, "its parts could not be joined");
        return;
      }
      byte[] joined = String.join("\n", join(parts.get())).getBytes(UTF_8);
      jobs.objects().putIfAbsent(film.bucket(), job.reportKey(), joined, "text/plain");
      jobs.objects().putIfAbsent(film.bucket(), film.key(), joined, "text/plain");
    }
    ender.finish(id, film);
  }

  private List<String> join(Assembly parts) {
    List<String> keys = new ArrayList<>();
    for (Assembly.AssembledShot shot : parts.shots()) {
      shot.takes().forEach(take -> keys.add(JobKeys.take(take.key())));
      shot.transition().ifPresent(bridge -> keys.add(JobKeys.transition(bridge.key())));
    }
    keys.forEach(key -> require(key, "a film was assembled before all of its parts were there"));
    return keys;
  }

  private void require(String key, String complaint) {
    if (!jobs.exists(key)) {
      throw new AssertionError(complaint + ": " + key);
    }
  }
}
