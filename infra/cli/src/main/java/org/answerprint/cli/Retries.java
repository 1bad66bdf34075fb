package org.answerprint.cli;

import java.time.Clock;
import java.util.Optional;
import java.util.OptionalInt;
import org.answerprint.events.EndState;
import org.answerprint.events.JobId;
import org.answerprint.faults.RequestFault;
import org.answerprint.jobs.End;
import org.answerprint.jobs.Job;
import org.answerprint.jobs.JobKeys;
import org.answerprint.jobs.JobStore;
import org.answerprint.jobs.Retry;

/** Starts jobs that repeat others: what is finished is found by its key, what failed is made anew. Thread-safe. */
final class Retries {

  private final JobStore jobs;
  private final Clock clock;

  Retries(JobStore jobs, Clock clock) {
    this.jobs = jobs;
    this.clock = clock;
  }

  /**
   * Writes a job that repeats an ended one; the functions have to be told of it.
   *
   * @param shot a shot that is made anew even where its take exists
   * @throws RequestFault where there is nothing to repeat
   */
  Job create(JobId of, OptionalInt shot) {
    Job job = jobs.job(of).orElseThrow(() -> JobNames.unknown(jobs, of));
    End end = jobs.end(of).orElseThrow(() -> new RequestFault(
        "job " + of + " has not ended; wait for it, or end it with ./answerprint cancel " + of));
    if (end.state() == EndState.REJECTED || job.order().isEmpty()) {
      throw new RequestFault("job " + of + " was rejected (" + end.reason().orElse("") + "); correct that and land it again");
    }
    shot.ifPresent(number -> requireShot(of, number));
    for (int number = 1; ; number++) {
      JobId id = Job.idOfRetry(of, number);
      if (jobs.exists(JobKeys.job(id))) {
        continue;
      }
      Job again = new Job(id, job.upload(), clock.instant(), Optional.of(new Retry(of, number, shot)), job.order());
      jobs.mark(JobKeys.open(id));
      if (jobs.write(JobKeys.job(id), again)) {
        return again;
      }
    }
  }

  private void requireShot(JobId of, int number) {
    int shots = jobs.plan(of).map(plan -> plan.shots().size()).orElse(Integer.MAX_VALUE);
    if (number < 1 || number > shots) {
      throw new RequestFault("job " + of + " has no shot " + number + "; its shots are 1 to " + shots);
    }
  }

  /** The last of the jobs that repeat this one, or itself; a repetition may be repeated in turn. */
  JobId newest(JobId id) {
    JobId newest = id;
    for (int number = 1; jobs.exists(JobKeys.job(Job.idOfRetry(id, number))); number++) {
      newest = Job.idOfRetry(id, number);
    }
    return newest.equals(id) ? id : newest(newest);
  }
}
