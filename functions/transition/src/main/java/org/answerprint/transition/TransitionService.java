package org.answerprint.transition;

import java.nio.file.Path;
import java.util.Optional;
import org.answerprint.events.Fact;
import org.answerprint.events.TaskKey;
import org.answerprint.events.WorkItem;
import org.answerprint.faults.InternalFault;
import org.answerprint.handles.HandleGroup;
import org.answerprint.jobs.Job;
import org.answerprint.jobs.JobKeys;
import org.answerprint.jobs.PlannedShot;
import org.answerprint.jobs.ShotIndex;
import org.answerprint.jobs.TaskPlanner;
import org.answerprint.jobs.TransitionTask;
import org.answerprint.joins.Join;
import org.answerprint.joins.Joins;
import org.answerprint.media.DecodeHealth;
import org.answerprint.media.SegmentInfo;
import org.answerprint.media.SegmentWriter;
import org.answerprint.methods.Monitor;
import org.answerprint.report.TaskFacts;
import org.answerprint.stage.Delivery;
import org.answerprint.stage.FileDigest;
import org.answerprint.stage.Outcome;
import org.answerprint.stage.ProgressNotes;
import org.answerprint.stage.Scratch;
import org.answerprint.stage.Stage;
import org.answerprint.stage.TaskRunner;

/** Makes transitions. A task that is finished is found, not repeated. Thread-safe. */
public final class TransitionService {

  private final Stage stage;
  private final TaskRunner runner;

  public TransitionService(Stage stage) {
    this.stage = stage;
    this.runner = new TaskRunner(stage);
  }

  /** Does one item of work; {@code monitor} is told of progress and may cancel it. */
  public Outcome bridge(WorkItem.TransitionWork item, Monitor monitor, Delivery delivery) {
    return runner.run(task(item, monitor), delivery);
  }

  /** For a process that ends without waiting for what it is at: attempts under way do not count. */
  public void abandon() {
    runner.abandon();
  }

  /** The item as a task, for the runner and for queues that give an item up. */
  public TaskRunner.Task task(WorkItem.TransitionWork item, Monitor monitor) {
    return new TaskRunner.Task("transition", item.jobId(), item.taskKey(), item.leftShot(), JobKeys.transition(item.taskKey()),
        () -> make(item, monitor),
        attempt -> new Fact.TransitionMade(item.jobId(), item.taskKey(), item.leftShot(), attempt),
        (attempt, kind, reason) -> new Fact.TaskFailed(item.jobId(), item.taskKey(), item.leftShot(), attempt, kind, reason));
  }

  private void make(WorkItem.TransitionWork item, Monitor monitor) {
    Job job = stage.jobs().existing(item.jobId());
    TransitionTask task = find(job, item);
    long start = System.nanoTime();
    try (Scratch scratch = stage.scratch();
        Handles left = handles(task.leftTake(), HandleGroup.TAIL, task.leftFrames(), scratch.file("left.handles"));
        Handles right = handles(task.rightTake(), HandleGroup.HEAD, task.rightFrames(), scratch.file("right.handles"));
        SegmentWriter segment = SegmentWriter.create(scratch.file("transition.segment"), job.accepted().encoder())) {
      Join join = Joins.byName(task.type());
      long[] made = {0};
      Monitor notes = new ProgressNotes(stage, item.jobId(), item.taskKey(), monitor);
      join.between(left, right, frame -> {
        segment.put(frame);
        notes.progress(++made[0], left.size() + right.size());
      });
      store(task, join, segment.finish(), scratch.file("transition.segment"), (System.nanoTime() - start) / 1e9);
    }
  }

  private TransitionTask find(Job job, WorkItem.TransitionWork item) {
    return new TaskPlanner(job).transition(shot(item, item.leftShot()), shot(item, item.leftShot() + 1), item.taskKey()).orElseThrow(
        () -> new InternalFault("job " + job.id() + " has no transition " + item.taskKey() + " after shot " + item.leftShot()));
  }

  private PlannedShot shot(WorkItem.TransitionWork item, int number) {
    return stage.jobs().shotIndex(item.jobId(), number).map(ShotIndex::shot).orElseThrow(
        () -> new InternalFault("job " + item.jobId() + " has no shot " + number));
  }

  private Handles handles(TaskKey take, HandleGroup group, int count, Path file) {
    if (count == 0) {
      return Handles.none();
    }
    if (!stage.store().download(stage.jobs().buckets().work(), JobKeys.takeHandles(take), file)) {
      throw new InternalFault("take " + take + " has no handle pack");
    }
    Handles handles = Handles.open(file, group);
    if (handles.size() != count) {
      handles.close();
      throw new InternalFault("the handle pack of take " + take + " has " + handles.size() + " " + group + " frames, not " + count);
    }
    return handles;
  }

  private void store(TransitionTask task, Join join, SegmentInfo segment, Path file, double seconds) {
    TaskFacts facts = new TaskFacts(join.name(), join.version(), segment.frames(), seconds, segment.bytes(), FileDigest.sha256(file),
        new DecodeHealth(0, 0, 0), stage.settings().worker(), Optional.empty());
    stage.jobs().write(JobKeys.transitionFacts(task.key()), facts);
    stage.store().putIfAbsent(stage.jobs().buckets().work(), JobKeys.transition(task.key()), file, "application/octet-stream");
  }
}
