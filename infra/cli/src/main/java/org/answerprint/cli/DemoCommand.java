package org.answerprint.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.answerprint.events.EndState;
import org.answerprint.events.JobId;
import org.answerprint.faults.RequestFault;
import org.answerprint.jobs.JobStore;
import org.answerprint.methods.Methods;
import org.answerprint.recipe.Recipe;
import org.answerprint.recipe.RecipeReader;
import org.answerprint.toybox.SampleFilm;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code demo}. */
@Command(name = "demo", description = "Land the sample video in the bucket, follow it through the chain, and show the results.")
final class DemoCommand implements Callable<Integer> {

  private static final String RECIPE = "demo.recipe.yaml";

  private final Map<String, String> environment;
  private final Console console;

  @Mixin
  private Options options;

  DemoCommand(Map<String, String> environment, Console console) {
    this.environment = environment;
    this.console = console;
  }

  @Override
  public Integer call() {
    long start = System.nanoTime();
    Place place = Place.of(environment, options);
    Results results = Results.at(folder(place).resolve("sample.edited.mp4"));
    try (Display display = console.display(false)) {
      Path sample = sample(place, display);
      display.note(Session.wouldStart(environment, place) ? "Starting the local system ..." : "Using the system that runs.");
      try (Session session = Session.open(environment, place, true, display::note)) {
        JobStore jobs = session.jobs();
        JobId id = land(jobs, sample, display);
        JobView view = new JobWatcher(jobs, display).watch(id);
        return finish(jobs, view, sample, results, Duration.ofNanos(System.nanoTime() - start));
      }
    }
  }

  private static Path folder(Place place) {
    Path folder = place.own("demo");
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new RequestFault("the folder " + folder + " cannot be made (" + e.getMessage() + "); check its rights", e);
    }
  }

  private static Path sample(Place place, Display display) {
    Path file = place.own("demo").resolve("sample.mp4");
    if (Files.notExists(file)) {
      display.note("Rendering the sample video ...");
    }
    return SampleFile.make(SampleFilm.standard(), file);
  }

  /** A folder of its own for each demo, so that every one shows the whole chain; finished shots are found all the same. */
  private static JobId land(JobStore jobs, Path sample, Display display) {
    String text = Seeds.text(RECIPE);
    Recipe recipe = RecipeReader.read(text, RECIPE, Methods.catalogue()).orThrow();
    String time = LocalDateTime.now().format(DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS", Locale.ROOT));
    String key = "demo/" + time + "/sample.mp4";
    display.note("Landing s3://" + jobs.buckets().in() + "/" + key);
    return new Landing(jobs).land(key, text, recipe, sample);
  }

  private int finish(JobStore jobs, JobView view, Path sample, Results results, Duration took) {
    EndState state = view.end().orElseThrow().state();
    if (state != EndState.FINAL) {
      console.err().println(Outcomes.sentence(view));
      return ExitCodes.of(state);
    }
    results.fetch(jobs, view.job());
    console.say("");
    console.say("source video   " + sample);
    console.say("edited video   " + results.film());
    console.say("report         " + results.report());
    console.say("contact sheet  " + results.contactSheet());
    console.say("Done in " + Wording.time(took) + ". Next: ./answerprint up, and drop a video of your own into the bucket.");
    return ExitCodes.DONE;
  }
}
