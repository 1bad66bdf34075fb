package org.answerprint.cli;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.answerprint.events.Fact;
import org.answerprint.events.JobId;
import org.answerprint.faults.RequestFault;
import org.answerprint.jobs.JobKeys;
import org.answerprint.jobs.JobStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code cancel ID}. */
@Command(name = "cancel", description = "End a job that is running; what is finished of it is kept for a retry.")
final class CancelCommand implements Callable<Integer> {

  private final Map<String, String> environment;
  private final Console console;

  @Parameters(paramLabel = "ID", description = "The job's id, or how it begins.")
  private String id;

  @Mixin
  private Options options;

  CancelCommand(Map<String, String> environment, Console console) {
    this.environment = environment;
    this.console = console;
  }

  /**
   * Marks a job as cancelled.
   *
   * @throws RequestFault where it has ended already
   */
  static void mark(JobStore jobs, JobId job) {
    jobs.end(job).ifPresent(end -> {
      throw new RequestFault("job " + job + " has ended already, as " + end.state().name().toLowerCase(Locale.ROOT)
          + "; there is nothing to cancel");
    });
    jobs.mark(JobKeys.cancelled(job));
  }

  @Override
  public Integer call() {
    try (Session session = Session.open(environment, Place.of(environment, options), false, console.err()::println)) {
      JobId job = JobNames.find(session.jobs(), id);
      mark(session.jobs(), job);
      if (session.origin() == Session.Origin.OWN) {
        console.say("Job " + job + " is marked as cancelled and ends with the next ./answerprint up.");
      } else {
        session.tell(new Fact.ReviewRequested(job, "cancel"));
        console.say("Job " + job + " is being cancelled.");
      }
      return ExitCodes.DONE;
    }
  }
}
