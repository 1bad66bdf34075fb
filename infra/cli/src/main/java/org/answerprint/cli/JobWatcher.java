package org.answerprint.cli;

import java.time.Duration;
import java.util.Optional;
import org.answerprint.events.JobId;
import org.answerprint.faults.TransientFault;
import org.answerprint.jobs.JobStore;

/** Follows a job by looking at what exists of it, about twice a second, until it ends. */
final class JobWatcher {

  private static final Duration PAUSE = Duration.ofMillis(400);
  private static final Duration HINT = Duration.ofSeconds(30);

  /** Looks in a row that may fail: with the store's own retries, two minutes or so. */
  private static final int TROUBLES = 60;

  private final JobStore jobs;
  private final Display display;
  private final Pause pause;

  /** Waits between two looks. */
  @FunctionalInterface
  interface Pause {
    void of(Duration time) throws InterruptedException;
  }

  JobWatcher(JobStore jobs, Display display) {
    this(jobs, display, Thread::sleep);
  }

  JobWatcher(JobStore jobs, Display display, Pause pause) {
    this.jobs = jobs;
    this.display = display;
    this.pause = pause;
  }

  /**
   * Returns the job when it has ended. A store that is away for a while is waited for, since the job waits for it too.
   *
   * @throws TransientFault where the store stays away, or this thread is interrupted first; the job goes on
   */
  JobView watch(JobId id) {
    JobReader reader = new JobReader(jobs, id);
    Duration waited = Duration.ZERO;
    int troubles = 0;
    while (true) {
      Optional<JobView> view;
      try {
        view = reader.read();
        troubles = 0;
      } catch (TransientFault e) {
        if (++troubles > TROUBLES) {
          throw e;
        }
        if (troubles == 1) {
          display.note("The store does not answer; still watching, since the job goes on when it does.");
        }
        rest(id);
        continue;
      }
      view.ifPresent(display::show);
      if (view.isPresent() && view.get().end().isPresent()) {
        return view.get();
      }
      if (view.isEmpty() && waited.compareTo(HINT) < 0 && waited.plus(PAUSE).compareTo(HINT) >= 0) {
        display.note("Still waiting for ingest to see the upload; the functions may be busy, or not running.");
      }
      rest(id);
      waited = waited.plus(PAUSE);
    }
  }

  private void rest(JobId id) {
    try {
      pause.of(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TransientFault("watching job " + id + " was interrupted; the job goes on, see ./answerprint job " + id, e);
    }
  }
}
