package org.answerprint.stage;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.answerprint.events.JobId;
import org.answerprint.events.TaskKey;
import org.answerprint.faults.Fault;
import org.answerprint.faults.TransientFault;
import org.answerprint.jobs.JobKeys;
import org.answerprint.jobs.Json;
import org.answerprint.methods.Monitor;

/**
 * Writes a task's progress where people look for it, at most once a second, and ends the task when its job is
 * cancelled. Not thread-safe.
 */
public final class ProgressNotes implements Monitor {

  private static final long INTERVAL = Duration.ofSeconds(1).toNanos();
  private static final int SHARED_PER_LOCK = 3;

  private final Stage stage;
  private final JobId job;
  private final TaskKey task;
  private final Monitor outer;
  private final LongSupplier nanos;
  private final Optional<String> by;
  private long noted;
  private long shared;

  /** Notes for one run of a task; {@code outer} is told of everything too, and may cancel. */
  public ProgressNotes(Stage stage, JobId job, TaskKey task, Monitor outer) {
    this(stage, job, task, outer, System::nanoTime);
  }

  ProgressNotes(Stage stage, JobId job, TaskKey task, Monitor outer, LongSupplier nanos) {
    this(stage, job, task, outer, nanos, Optional.empty());
  }

  ProgressNotes(Stage stage, JobId job, TaskKey task, Monitor outer, LongSupplier nanos, Optional<String> by) {
    this.stage = stage;
    this.job = job;
    this.task = task;
    this.outer = outer;
    this.nanos = nanos;
    this.by = by;
    this.noted = nanos.getAsLong();
    this.shared = noted;
  }

  /** A sign of life of work that begins. */
  static void begin(Stage stage, JobId job, TaskKey task) {
    note(stage, job, task, new Progress(0, 0));
  }

  /** Takes the sign of life away, so that nobody waits for what has ended. */
  static void end(Stage stage, JobId job, TaskKey task) {
    try {
      stage.jobs().delete(JobKeys.progress(job, task));
    } catch (Fault e) {
      System.getLogger(ProgressNotes.class.getName()).log(System.Logger.Level.DEBUG, "progress could not be removed", e);
    }
  }

  @Override
  public void progress(long done, long total) {
    outer.progress(done, total);
    long now = nanos.getAsLong();
    if (now - noted < INTERVAL) {
      return;
    }
    noted = now;
    note(stage, job, task, new Progress(done, total, by));
    share(now);
    if (isCancelled()) {
      throw new Cancelled("its job was cancelled");
    }
  }

  /** What is done in turns is one job's alone; tasks may be shared. */
  private void share(long now) {
    if (by.isEmpty() && now - shared >= stage.settings().lock().dividedBy(SHARED_PER_LOCK).toNanos()) {
      shared = now;
      SharedSign.give(stage, job, task);
    }
  }

  /** A store that is briefly unwell cancels nothing; the next look is a second away. */
  private boolean isCancelled() {
    try {
      return stage.jobs().isCancelled(job);
    } catch (TransientFault e) {
      System.getLogger(ProgressNotes.class.getName()).log(System.Logger.Level.DEBUG, "the job could not be looked at", e);
      return false;
    }
  }

  /** Progress is worth no failed task. */
  static void note(Stage stage, JobId job, TaskKey task, Progress progress) {
    try {
      stage.store().put(stage.jobs().buckets().work(), JobKeys.progress(job, task),
          Json.write(progress).getBytes(StandardCharsets.UTF_8), "application/json");
    } catch (Fault e) {
      System.getLogger(ProgressNotes.class.getName()).log(System.Logger.Level.DEBUG, "progress could not be noted", e);
    }
  }
}
