package org.answerprint.cli;

import org.answerprint.jobs.End;

/** Says how a job ended that has no film. */
final class Outcomes {

  private Outcomes() {}

  static String sentence(JobView view) {
    End end = view.end().orElseThrow();
    String job = "job " + view.job().id();
    String reason = end.reason().orElse("no reason was noted");
    return Wording.sentence(switch (end.state()) {
      case FINAL -> job + " is final";
      case REJECTED -> view.job().upload().key() + " was rejected: " + reason;
      case CANCELLED -> job + " was cancelled";
      case FAILED -> job + " failed: " + reason + " (./answerprint retry " + view.job().id() + " tries again)";
    });
  }
}
