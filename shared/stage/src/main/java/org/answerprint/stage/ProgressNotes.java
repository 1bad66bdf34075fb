package org.answerprint.stage;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.answerprint.events.JobId;
import org.answerprint.events.TaskKey;
import org.answerprint.faults.Fault;
import org.answerprint.jobs.JobKeys;
import org.answerprint.jobs.Json;
import org.answerprint.methods.Monitor;

/**
 * Writes a task's progress where people look for it, at most once a second, and ends the task when its job is
 * cancelled. Not thread-safe.
 */
public final class ProgressNotes implements Monitor {

  private static final long INTERVAL = Duration.ofSeconds(1).toNanos();

  private final Stage stage;
  private final JobId job;
  private final TaskKey task;
  private final Monitor outer;
  private long noted = System.nanoTime();

  public ProgressNotes(Stage stage, JobId job, TaskKey task, Monitor outer) {
    this.stage = stage;
    this.job = job;
    this.task = task;
    this.outer = outer;
  }

  @Override
  public void progress(long done, long total) {
    outer.progress(done, total);
    long now = System.nanoTime();
    if (now - noted < INTERVAL) {
      return;
    }
    noted = now;
    note(new Progress(done, total));
    if (stage.jobs().isCancelled(job)) {
      throw new Cancelled("its job was cancelled");
    }
  }

  /** Progress is worth no failed task. */
  private void note(Progress progress) {
    try {
      stage.store().put(stage.jobs().buckets().work(), JobKeys.progress(job, task),
          Json.write(progress).getBytes(StandardCharsets.UTF_8), "application/json");
    } catch (Fault e) {
      System.getLogger(ProgressNotes.class.getName()).log(System.Logger.Level.DEBUG, "progress could not be noted", e);
    }
  }
}
