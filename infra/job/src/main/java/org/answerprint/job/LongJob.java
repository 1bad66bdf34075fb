package org.answerprint.job;

import java.time.Instant;
import org.answerprint.assemble.AssembleService;
import org.answerprint.events.JobId;
import org.answerprint.events.TaskKey;
import org.answerprint.extract.ExtractService;
import org.answerprint.facts.FactLine;
import org.answerprint.faults.RequestFault;
import org.answerprint.fleet.LongFilms;
import org.answerprint.jobs.JobKeys;
import org.answerprint.methods.Monitor;
import org.answerprint.stage.Stage;

/** The work of one stage on one job, here, however long its film is. Thread-safe. */
final class LongJob {

  private final Stage stage;
  private final Monitor monitor;

  LongJob(Stage stage, Monitor monitor) {
    this.stage = stage;
    this.monitor = monitor;
  }

  /**
   * Does the work, unless somebody is seen to be at it: the same job may have been handed in twice, and attempts are counted.
   *
   * @throws RequestFault where there is no such job
   * @throws org.answerprint.faults.TransientFault where it is worth repeating
   */
  void run(LongFilms.Work work, JobId job) {
    if (stage.jobs().job(job).isEmpty()) {
      throw new RequestFault("there is no job " + job + " in bucket " + stage.jobs().buckets().work());
    }
    if (isAlive(work, job)) {
      stage.facts().say(FactLine.of("job_not_needed", job.value()).with("work", work.stage()));
      return;
    }
    switch (work) {
      case EXTRACT -> new ExtractService(stage).extractHere(job, monitor);
      case ASSEMBLE -> new AssembleService(stage).assembleHere(job, monitor);
    }
  }

  private boolean isAlive(LongFilms.Work work, JobId job) {
    Instant silent = stage.clock().instant().minus(stage.settings().lock());
    return stage.store().head(stage.jobs().buckets().work(), JobKeys.progress(job, new TaskKey(work.stage())))
        .filter(sign -> sign.modified().isAfter(silent)).isPresent();
  }
}
