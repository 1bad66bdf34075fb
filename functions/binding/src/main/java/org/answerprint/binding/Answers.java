package org.answerprint.binding;

import java.util.List;
import org.answerprint.events.JobId;
import org.answerprint.faults.TransientFault;
import org.answerprint.stage.Outcome;

/** Outcomes of work as answers over HTTP. */
public final class Answers {

  private Answers() {}

  /**
   * The answer.
   *
   * @throws TransientFault where the work is to be sent again
   */
  public static Answer of(JobId job, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Finished finished -> Answer.of("done", job.value());
      case Outcome.Dropped dropped -> new Answer("ignored", List.of(job.value()), dropped.reason());
      case Outcome.Later later -> throw new TransientFault(later.reason());
      case Outcome.Failed failed -> new Answer("failed", List.of(job.value()), failed.reason());
    };
  }
}
