package org.answerprint.transport;

import java.util.Optional;
import org.answerprint.events.Fact;

/** Facts that fit into a message of SQS: a reason that goes on and on is cut, the whole of it lies in the job's folder. */
final class BriefFact {

  /** Six bytes each at most, which leaves room for all else that a fact can hold. */
  static final int REASON_CHARACTERS = 30_000;

  private BriefFact() {}

  static Fact of(Fact fact) {
    return switch (fact) {
      case Fact.VideoRejected rejected -> new Fact.VideoRejected(rejected.jobId(), rejected.source(), brief(rejected.reason()));
      case Fact.TaskFailed failed -> new Fact.TaskFailed(
          failed.jobId(), failed.taskKey(), failed.shot(), failed.attempt(), failed.kind(), brief(failed.reason()));
      case Fact.JobEnded ended -> new Fact.JobEnded(ended.jobId(), ended.state(), ended.reason().map(BriefFact::brief), ended.output());
      case Fact.VideoAccepted accepted -> accepted;
      case Fact.ShotFound found -> found;
      case Fact.FilmPlanned planned -> planned;
      case Fact.ShotEdited edited -> edited;
      case Fact.TransitionMade made -> made;
      case Fact.PartsCompleted completed -> completed;
      case Fact.ReviewRequested review -> review;
    };
  }

  private static String brief(String reason) {
    return Optional.of(reason).filter(text -> text.length() > REASON_CHARACTERS)
        .map(text -> text.substring(0, REASON_CHARACTERS) + "…").orElse(reason);
  }
}
