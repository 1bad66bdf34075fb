package org.answerprint.cli;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.answerprint.events.Fact;
import org.answerprint.events.JobId;
import org.answerprint.jobs.Job;
import org.answerprint.jobs.JobStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code retry ID}. */
@Command(name = "retry", description = "Run a job that ended again, as a new job that finds all finished work.")
final class RetryCommand implements Callable<Integer> {

  private final Map<String, String> environment;
  private final Console console;

  @Parameters(paramLabel = "ID", description = "The job's id, or how it begins.")
  private String id;

  @Option(names = "--shot", paramLabel = "N", description = "Make this shot anew, even where its take is finished.")
  private Optional<Integer> shot = Optional.empty();

  @Option(names = "--watch", description = "Show the new job's progress until it ends; starts the system where none runs.")
  private boolean watch;

  @Mixin
  private Options options;

  RetryCommand(Map<String, String> environment, Console console) {
    this.environment = environment;
    this.console = console;
  }

  @Override
  public Integer call() {
    try (Display display = console.display(false);
        Session session = Session.open(environment, Place.of(environment, options), watch, display::note)) {
      JobStore jobs = session.jobs();
      JobId of = JobNames.find(jobs, id);
      Job again = new Retries(jobs, Clock.systemUTC()).create(of, shot.map(OptionalInt::of).orElseGet(OptionalInt::empty));
      if (session.origin() == Session.Origin.OWN && !watch) {
        console.say("Job " + again.id() + " repeats it and begins with the next ./answerprint up.");
        return ExitCodes.DONE;
      }
      session.tell(new Fact.VideoAccepted(again.id()));
      display.note("Job " + again.id() + " repeats it.");
      return watch ? outcome(jobs, new JobWatcher(jobs, display).watch(again.id())) : ExitCodes.DONE;
    }
  }

  private int outcome(JobStore jobs, JobView view) {
    JobSummary.of(view, jobs.buckets()).results().ifPresentOrElse(
        files -> console.say("edited video   " + files.film()),
        () -> console.err().println(Outcomes.sentence(view)));
    return ExitCodes.of(view.end().orElseThrow().state());
  }
}
