package org.answerprint.stage;

import org.answerprint.events.EndState;
import org.answerprint.events.JobId;
import org.answerprint.events.TaskKey;
import org.answerprint.faults.TransientFault;
import org.answerprint.fleet.LongFilms;
import org.answerprint.fleet.LongWork;
import org.answerprint.methods.Monitor;

/**
 * A stage that works on whole films: one instance at a time on each, and on long ones jobs elsewhere, where the settings say so.
 * Thread-safe.
 */
public final class LongStage {

  private final Stage stage;
  private final LongFilms.Work work;

  public LongStage(Stage stage, LongFilms.Work work) {
    this.stage = stage;
    this.work = work;
  }

  /** The name under which attempts are counted, and progress is shown. */
  public TaskKey task() {
    return new TaskKey(work.stage());
  }

  /**
   * Sees to it that a long film's work is done elsewhere, now or by what was handed in before; a film whose jobs never came ends.
   *
   * @return whether there is nothing to do here
   * @throws TransientFault where it is not known whether the job was taken
   */
  public boolean goesElsewhere(JobId job) {
    LongWork.Answer answer = stage.longWork().map(elsewhere -> elsewhere.of(job, work)).orElse(LongWork.SHORT);
    return switch (answer) {
      case LongWork.Answer.Short here -> false;
      case LongWork.Answer.Elsewhere elsewhere -> true;
      case LongWork.Answer.GivenUp(String reason) -> {
        stage.ender().stop(job, EndState.FAILED, reason);
        yield true;
      }
    };
  }

  /**
   * Takes this instance's turn at the job, before an attempt is counted.
   *
   * @throws TransientFault where another instance is at it; look again later
   */
  public Turn turn(JobId job) {
    return Turn.take(stage, job, task());
  }

  /** Whether an instance is seen to be at the job. */
  public boolean isUnderWay(JobId job) {
    return Turn.isTaken(stage, job, task());
  }

  /**
   * Ends an attempt whose monitor wanted no more of it: because of the job, or because the machine is being reclaimed; then the attempt
   * does not count.
   *
   * @throws TransientFault in the latter case, for somebody to begin again
   */
  public void cancelled(JobId job, int attempt, Monitor.Cancelled reason) {
    if (stage.jobs().isCancelled(job) || stage.jobs().isEnded(job)) {
      stage.conductor().reconcile(job);
      return;
    }
    stage.jobs().forgetAttempt(job, work.stage(), attempt);
    ProgressNotes.end(stage, job, task());
    throw new TransientFault("job " + job + " is handed back: " + reason.getMessage(), reason);
  }
}
