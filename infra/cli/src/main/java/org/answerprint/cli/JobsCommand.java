package org.answerprint.cli;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.answerprint.events.JobId;
import org.answerprint.jobs.End;
import org.answerprint.jobs.Job;
import org.answerprint.jobs.JobStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code jobs}. */
@Command(name = "jobs", description = "List all jobs, newest first.")
final class JobsCommand implements Callable<Integer> {

  private final Map<String, String> environment;
  private final Console console;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Mixin
  private Options options;

  JobsCommand(Map<String, String> environment, Console console) {
    this.environment = environment;
    this.console = console;
  }

  /**
   * One job of the list.
   *
   * @param job its id
   * @param state running, cancelling, final, failed, cancelled or rejected
   * @param created when, in ISO 8601
   * @param upload the object whose landing asked for it
   * @param reason why there is no film
   */
  record Line(String job, String state, String created, String upload, Optional<String> reason) {

    static Line of(JobStore jobs, Job job) {
      Optional<End> end = jobs.end(job.id());
      String state = end.map(e -> e.state().name().toLowerCase(Locale.ROOT))
          .orElseGet(() -> jobs.isCancelled(job.id()) ? "cancelling" : "running");
      return new Line(job.id().value(), state, job.created().toString(), job.upload().ref().toString(), end.flatMap(End::reason));
    }
  }

  /** All jobs, newest first. */
  static List<Line> lines(JobStore jobs) {
    Comparator<Job> byAge = Comparator.<Job, Instant>comparing(Job::created).reversed().thenComparing(job -> job.id().value());
    List<JobId> ids = JobNames.all(jobs, "");
    return ids.parallelStream().flatMap(id -> jobs.job(id).stream()).sorted(byAge).map(job -> Line.of(jobs, job)).toList();
  }

  @Override
  public Integer call() {
    try (Session session = Session.open(environment, Place.of(environment, options), false, console.err()::println)) {
      List<Line> lines = lines(session.jobs());
      if (json) {
        console.say(JsonOut.write(lines));
      } else if (lines.isEmpty()) {
        console.say("There are no jobs yet; ./answerprint demo makes one.");
      } else {
        lines.forEach(line -> console.say(String.format(Locale.ROOT, "%s  %-10s  %.19s  %s%s", line.job(), line.state(),
            line.created(), line.upload(), line.reason().map(r -> " (" + r + ")").orElse(""))));
      }
      return ExitCodes.DONE;
    }
  }
}
