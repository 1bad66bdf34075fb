package org.answerprint.jobs;

import java.time.Clock;
import java.util.Optional;
import org.answerprint.events.EndState;
import org.answerprint.events.Fact;
import org.answerprint.events.JobId;
import org.answerprint.events.ObjectRef;

/** Ends jobs: the mark, then the news, then off the list of open ones, so that a crash in between is made good. Thread-safe. */
public final class JobEnder {

  private final JobStore jobs;
  private final Outbox outbox;
  private final Clock clock;

  public JobEnder(JobStore jobs, Outbox outbox, Clock clock) {
    this.jobs = jobs;
    this.outbox = outbox;
    this.clock = clock;
  }

  /** Ends a job that has no film, with the sentence that says why. Returns the end that stands. */
  public End stop(JobId job, EndState state, String reason) {
    return end(job, new End(state, Optional.of(reason), Optional.empty(), clock.instant()));
  }

  /** Ends a job with its film. */
  public End finish(JobId job, ObjectRef film) {
    return end(job, new End(EndState.FINAL, Optional.empty(), Optional.of(film), clock.instant()));
  }

  private End end(JobId job, End asked) {
    End end = jobs.end(job, asked);
    announce(job, end);
    return end;
  }

  /** Says again that a job ended, and closes it: for an end that was written by somebody who then died. */
  void announce(JobId job, End end) {
    outbox.send(new Fact.JobEnded(job, end.state(), end.reason(), end.output()));
    jobs.close(job);
  }
}
