package org.answerprint.jobs;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.answerprint.events.Fact;
import org.answerprint.events.JobId;
import org.answerprint.events.Message;
import org.answerprint.events.TaskKey;
import org.answerprint.events.WorkItem;

/**
 * {@code reconcile(job)}: looks at what exists, and sends out everything that is ready. May be called at any time, by
 * anybody, any number of times; two calls for one job at once do no harm but wasted work. Thread-safe.
 */
public final class Conductor {

  /** How long a task that was sent or begun is left alone before it is sent again. */
  public static final Duration PATIENCE = Duration.ofMinutes(10);

  private static final int STRIPES = 64;

  private final JobStore jobs;
  private final Outbox outbox;
  private final JobEnder ender;
  private final SnapshotReader snapshots;
  private final RecentlySent sent;
  private final Object[] stripes = new Object[STRIPES];

  public Conductor(JobStore jobs, Outbox outbox, Clock clock, Duration patience) {
    this.jobs = jobs;
    this.outbox = outbox;
    this.ender = new JobEnder(jobs, outbox, clock);
    this.snapshots = new SnapshotReader(jobs);
    this.sent = new RecentlySent(patience, clock);
    Arrays.setAll(stripes, i -> new Object());
  }

  /** Sends out what the job needs next; nothing where there is no such job. */
  public void reconcile(JobId id) {
    synchronized (stripes[Math.floorMod(id.hashCode(), STRIPES)]) {
      boolean again = true;
      while (again) {
        again = snapshots.read(id).map(this::take).orElse(false);
      }
    }
  }

  /** The parts of a film, where all of them are there and the job has not ended. */
  public Optional<Assembly> assembly(JobId id) {
    return snapshots.read(id).flatMap(reading -> Reconciler.decide(reading.snapshot()).stream()
        .filter(Step.Assemble.class::isInstance).map(step -> ((Step.Assemble) step).assembly()).findFirst());
  }

  /** Takes every step; true where finished work was found, so that more may be ready now. */
  private boolean take(SnapshotReader.Reading reading) {
    List<Step> steps = Reconciler.decide(reading.snapshot());
    boolean found = false;
    for (Step step : steps) {
      found |= take(reading.snapshot().job().id(), step, reading.begun());
    }
    return found;
  }

  private boolean take(JobId job, Step step, Map<String, Instant> begun) {
    switch (step) {
      case Step.Extract() -> send(new Fact.VideoAccepted(job), "extract", begun);
      case Step.Assemble(Assembly parts) -> send(new Fact.PartsCompleted(job), "assemble", begun);
      case Step.Finish(var state, String reason) -> ender.stop(job, state, reason);
      case Step.Close() -> close(job);
      case Step.Edit(EditTask task) -> {
        return ask(job, task.key(), JobKeys.take(task.key()), new WorkItem.EditWork(job, task.key(), task.shot(), task.piece()), begun);
      }
      case Step.Bridge(TransitionTask task) -> {
        return ask(job, task.key(), JobKeys.transition(task.key()), new WorkItem.TransitionWork(job, task.key(), task.leftShot()), begun);
      }
    }
    return false;
  }

  /** An ended job that is still on the list of open ones was ended by somebody who died before telling. */
  private void close(JobId job) {
    if (jobs.exists(JobKeys.open(job))) {
      jobs.end(job).ifPresent(end -> ender.announce(job, end));
    }
  }

  private boolean ask(JobId job, TaskKey task, String output, WorkItem item, Map<String, Instant> begun) {
    if (sent.knows(job + "/" + task)) {
      return false;
    }
    if (jobs.exists(output)) {
      return jobs.write(JobKeys.done(job, task), new DoneMark(0, 0));
    }
    send(item, task.value(), begun);
    return false;
  }

  private void send(Message message, String task, Map<String, Instant> begun) {
    String what = message.jobId() + "/" + task;
    Instant since = begun.get(task);
    if (sent.knows(what) || since != null && sent.isFresh(since)) {
      return;
    }
    outbox.send(message);
    sent.remember(what);
  }
}
