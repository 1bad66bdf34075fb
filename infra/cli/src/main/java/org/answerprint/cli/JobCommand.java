package org.answerprint.cli;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.answerprint.jobs.JobStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code job ID}. */
@Command(name = "job", description = "Show one job: its stages, shots, attempts, and where its results are.")
final class JobCommand implements Callable<Integer> {

  private final Map<String, String> environment;
  private final Console console;

  @Parameters(paramLabel = "ID", description = "The job's id, or how it begins.")
  private String id;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Mixin
  private Options options;

  JobCommand(Map<String, String> environment, Console console) {
    this.environment = environment;
    this.console = console;
  }

  @Override
  public Integer call() {
    try (Session session = Session.open(environment, Place.of(environment, options), false, console.err()::println)) {
      JobStore jobs = session.jobs();
      JobView view = new JobReader(jobs, JobNames.find(jobs, id)).read().orElseThrow();
      JobSummary summary = JobSummary.of(view, jobs.buckets());
      if (json) {
        console.say(JsonOut.write(summary));
      } else {
        print(summary);
      }
      return ExitCodes.DONE;
    }
  }

  private void print(JobSummary job) {
    console.say("job      " + job.job());
    console.say("state    " + job.state() + job.reason().map(reason -> ": " + reason).orElse(""));
    console.say("upload   " + job.upload());
    console.say("created  " + job.created() + job.ended().map(at -> ", ended " + at).orElse(""));
    job.retryOf().ifPresent(of -> console.say("repeats  " + of));
    for (JobSummary.Stage stage : job.stages()) {
      console.say(String.format(Locale.ROOT, "  %-11s %-8s %d of %d", stage.stage(), stage.state(), stage.done(), stage.total()));
    }
    for (JobSummary.Shot shot : job.shots()) {
      console.say(String.format(Locale.ROOT, "  shot %-4d %8.2f s  %7.2f s long  %-12s %-9s %s%s", shot.shot(), shot.start(),
          shot.seconds(), shot.method(), shot.state(), progress(shot), reason(shot.reason())));
    }
    for (JobSummary.Transition join : job.transitions()) {
      console.say(String.format(Locale.ROOT, "  %s after shot %d, %d frames: %s%s", join.type(), join.after(), join.frames(),
          join.state(), reason(join.reason())));
    }
    job.results().ifPresent(files -> {
      console.say("film     " + files.film());
      console.say("report   " + files.report());
      console.say("sheet    " + files.contactSheet());
    });
  }

  private static String progress(JobSummary.Shot shot) {
    String attempts = shot.attempts() > 1 ? ", " + shot.attempts() + " attempts" : "";
    return shot.framesDone() + " of " + Wording.count(shot.frames(), "frame") + attempts;
  }

  private static String reason(Optional<String> reason) {
    return reason.map(r -> " (" + r + ")").orElse("");
  }
}
