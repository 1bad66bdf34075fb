package org.answerprint.edit;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.answerprint.bundles.Bundle;
import org.answerprint.events.Fact;
import org.answerprint.events.WorkItem;
import org.answerprint.faults.InternalFault;
import org.answerprint.jobs.EditTask;
import org.answerprint.jobs.Job;
import org.answerprint.jobs.JobKeys;
import org.answerprint.jobs.Order;
import org.answerprint.jobs.ShotIndex;
import org.answerprint.media.EncoderSettings;
import org.answerprint.media.SegmentInfo;
import org.answerprint.methods.Checkpoints;
import org.answerprint.methods.EditMethod;
import org.answerprint.methods.EditRequest;
import org.answerprint.methods.Equipment;
import org.answerprint.methods.Methods;
import org.answerprint.methods.Monitor;
import org.answerprint.pipeline.Pipelines;
import org.answerprint.recipe.ShotRecipe;
import org.answerprint.report.TaskFacts;
import org.answerprint.stage.Delivery;
import org.answerprint.stage.FileDigest;
import org.answerprint.stage.Outcome;
import org.answerprint.stage.ProgressNotes;
import org.answerprint.stage.Scratch;
import org.answerprint.stage.Stage;
import org.answerprint.stage.TaskRunner;
import org.answerprint.storage.ObjectStore;

/** Edits shots. A task that is finished is found, not repeated. Thread-safe. */
public final class EditService implements AutoCloseable {

  private final Stage stage;
  private final TaskRunner runner;
  private final SpareFilm spare;
  private final Pipelines pipelines;

  public EditService(Stage stage) {
    this.stage = stage;
    this.runner = new TaskRunner(stage);
    this.spare = new SpareFilm(stage.films()::open);
    this.pipelines = new Pipelines(stage.settings().engine());
  }

  /** Does one item of work; {@code monitor} is told of progress and may cancel it. */
  public Outcome edit(WorkItem.EditWork item, Monitor monitor, Delivery delivery) {
    return runner.run(task(item, monitor), delivery);
  }

  /** For a process that ends without waiting for what it is at: attempts under way do not count. */
  public void abandon() {
    runner.abandon();
  }

  /** The item as a task, for the runner and for queues that give an item up. */
  public TaskRunner.Task task(WorkItem.EditWork item, Monitor monitor) {
    return new TaskRunner.Task("edit", item.jobId(), item.taskKey(), item.shot(), JobKeys.take(item.taskKey()),
        () -> make(item, monitor),
        attempt -> new Fact.ShotEdited(item.jobId(), item.taskKey(), item.shot(), item.piece(), attempt),
        (attempt, kind, reason) -> new Fact.TaskFailed(item.jobId(), item.taskKey(), item.shot(), attempt, kind, reason));
  }

  private void make(WorkItem.EditWork item, Monitor monitor) {
    Job job = stage.jobs().existing(item.jobId());
    ShotIndex index = stage.jobs().shotIndex(item.jobId(), item.shot()).orElseThrow(
        () -> new InternalFault("job " + item.jobId() + " has no shot " + item.shot()));
    EditTask task = find(index, item);
    long start = System.nanoTime();
    try (Scratch scratch = stage.scratch(); TakeWriter take = new TakeWriter(task, index.pictureFrame(), job.accepted().encoder(), scratch)) {
      SourceFrames frames = new SourceFrames(stage.films(), spare, job.accepted(), index, task);
      TaskCheckpoints checkpoints = new TaskCheckpoints(stage.store(), stage.jobs().buckets().work(), item.jobId(), item.taskKey());
      Listener listener = new Listener(new ProgressNotes(stage, item.jobId(), item.taskKey(), monitor));
      run(job.accepted(), index, task, frames, take, scratch, checkpoints, listener);
      SegmentInfo segment = take.finish();
      store(task, take, facts(task, segment, frames, listener.caption, (System.nanoTime() - start) / 1e9, FileDigest.sha256(take.segmentFile())));
      checkpoints.clear();
    }
  }

  private static EditTask find(ShotIndex index, WorkItem.EditWork item) {
    return Stream.of(index.shot().edits(), index.shot().fallbacks()).flatMap(List::stream)
        .filter(task -> task.key().equals(item.taskKey())).findFirst()
        .orElseThrow(() -> new InternalFault("shot " + item.shot() + " of job " + item.jobId() + " has no task " + item.taskKey()));
  }

  private void run(Order order, ShotIndex index, EditTask task, SourceFrames frames, TakeWriter take, Scratch scratch,
      Checkpoints checkpoints, Monitor monitor) {
    EditMethod method = Methods.byName(task.method());
    ShotRecipe recipe = task.fallback() ? Methods.plain() : order.recipeFor(index.shot().source(), task.shot(), start(order, index));
    EncoderSettings film = order.encoder();
    Equipment equipment = new Equipment(model(order, method, recipe), pipelines, checkpoints);
    method.edit(new EditRequest(frames, task.frames(), film.pixelFormat(), film.width(), film.height(),
        (double) film.aspectNum() / film.aspectDen(), film.colour(), recipe,
        AssetFiles.fetch(stage.store(), stage.jobs().buckets().in(), method.assets(recipe.options()), order.assets(), scratch),
        equipment, monitor), take);
  }

  /** The model in the version that ingest pinned. */
  private Optional<Bundle> model(Order order, EditMethod method, ShotRecipe recipe) {
    return method.model(recipe).map(order.models()::get).map(stage.models()::fetch);
  }

  /** A shot's start counted from the film's start, as the planner counted it. */
  private static long start(Order order, ShotIndex index) {
    return index.shot().start() - index.shot().filmStart();
  }

  private TaskFacts facts(EditTask task, SegmentInfo segment, SourceFrames frames, Optional<String> caption, double seconds, String digest) {
    return new TaskFacts(task.method(), Methods.byName(task.method()).version(), segment.frames(), seconds, segment.bytes(), digest,
        frames.health(), stage.settings().worker(), caption);
  }

  /** Hands progress on, and keeps what else is told. */
  private static final class Listener implements Monitor {

    private final Monitor outer;
    private Optional<String> caption = Optional.empty();

    Listener(Monitor outer) {
      this.outer = outer;
    }

    @Override
    public void progress(long done, long total) {
      outer.progress(done, total);
    }

    @Override
    public void captioned(String said) {
      caption = Optional.of(said);
    }
  }

  /** Closes the networks that were kept open. */
  @Override
  public void close() {
    pipelines.close();
  }

  /** The segment is written last: where it is, everything beside it is. */
  private void store(EditTask task, TakeWriter take, TaskFacts facts) {
    ObjectStore store = stage.store();
    String work = stage.jobs().buckets().work();
    take.handleFile().ifPresent(file -> store.putIfAbsent(work, JobKeys.takeHandles(task.key()), file, "application/octet-stream"));
    store.putIfAbsent(work, JobKeys.takePicture(task.key()), take.picture(), "image/jpeg");
    stage.jobs().write(JobKeys.takeFacts(task.key()), facts);
    store.putIfAbsent(work, JobKeys.take(task.key()), take.segmentFile(), "application/octet-stream");
  }
}
