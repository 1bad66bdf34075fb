package org.answerprint.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.answerprint.events.EndState;
import org.answerprint.events.Fact;
import org.answerprint.events.JobId;
import org.answerprint.faults.RequestFault;
import org.answerprint.jobs.End;
import org.answerprint.jobs.Job;
import org.answerprint.jobs.JobStore;
import org.answerprint.recipe.Overrides;
import org.answerprint.recipe.Recipe;
import org.answerprint.report.Receipt;
import org.answerprint.stage.ModelShelf;
import org.answerprint.stage.RecipeModels;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code edit VIDEO}. */
@Command(name = "edit", description = "Send one video through the whole chain, on a running system or on one of its own.")
final class EditCommand implements Callable<Integer> {

  private final Map<String, String> environment;
  private final Console console;

  @Parameters(paramLabel = "VIDEO", description = "A video on this machine.")
  private Path video;

  @Option(names = "--prompt", paramLabel = "TEXT", description = "What the edited video is to show.")
  private Optional<String> prompt = Optional.empty();

  @Option(names = "--source-prompt", paramLabel = "TEXT", description = "What the video shows.")
  private Optional<String> sourcePrompt = Optional.empty();

  @Option(names = "--method", paramLabel = "NAME", description = "none, look, pix2video.")
  private Optional<String> method = Optional.empty();

  @Option(names = "--model", paramLabel = "BUNDLE", description = "A bundle's name.")
  private Optional<String> model = Optional.empty();

  @Option(names = "--transition", paramLabel = "NAME", description = "Between shots: cut, dissolve, morph.")
  private Optional<String> transition = Optional.empty();

  @Option(names = "--recipe", paramLabel = "FILE", description = "A recipe; the flags are laid over it.")
  private Optional<Path> recipe = Optional.empty();

  @Option(names = "--seed", paramLabel = "N", description = "Of all randomness.")
  private Optional<Long> seed = Optional.empty();

  @Option(names = "--steps", paramLabel = "N", description = "Denoising steps.")
  private Optional<Integer> steps = Optional.empty();

  @Option(names = "--out", paramLabel = "FILE", description = "Where the edited video goes (default: NAME.edited.mp4 here).")
  private Optional<Path> out = Optional.empty();

  @Option(names = "--preview", description = "Edit one picture of each shot, show the contact sheet, and stop.")
  private boolean preview;

  @Option(names = "--price", description = "Print what it would cost at most, and stop; runs nothing.")
  private boolean price;

  @Option(names = "--json", description = "Print the outcome as JSON; progress goes to standard error.")
  private boolean json;

  @Mixin
  private Options options;

  EditCommand(Map<String, String> environment, Console console) {
    this.environment = environment;
    this.console = console;
  }

  @Override
  public Integer call() {
    long start = System.nanoTime();
    RecipeFile file = new RecipeFile(recipe);
    Recipe merged = file.with(overrides());
    requireVideo();
    if (price) {
      return price(merged);
    }
    Results results = Results.at(out.orElseGet(this::besideUs));
    results.check(video);
    Place place = Place.of(environment, options);
    try (Display display = console.display(json)) {
      if (Session.wouldStart(environment, place)) {
        Probe.of(video).reason().ifPresent(reason -> {
          throw new RequestFault(video + " cannot be edited: " + reason);
        });
        display.note("Starting the local system ...");
      }
      try (Session session = Session.open(environment, place, true, display::note)) {
        JobStore jobs = session.jobs();
        RecipeModels models = models(session, merged, place);
        Recipe landed = new Tables(jobs.objects(), jobs.buckets().in(), file.folder(), file.where()).land(merged);
        EditKey key = EditKey.of(video, landed, models);
        if (preview) {
          return preview(session, landed, key, display, start);
        }
        JobId id = begin(session, land(jobs, key, landed), display);
        JobView view = new JobWatcher(jobs, display).watch(id);
        return finish(jobs, view, results, Duration.ofNanos(System.nanoTime() - start));
      }
    }
  }

  private int price(Recipe recipe) {
    if (preview) {
      throw new RequestFault("--price runs nothing, and --preview does; give one of them");
    }
    Quote quote = Quote.of(video, recipe, environment, Place.of(environment, options));
    if (json) {
      console.say(JsonOut.write(quote));
    } else {
      quote.print(console);
    }
    return ExitCodes.DONE;
  }

  /**
   * The models that the recipe names.
   *
   * @throws RequestFault where one is nowhere; but machines of a system elsewhere may have their own
   */
  private static RecipeModels models(Session session, Recipe recipe, Place place) {
    JobStore jobs = session.jobs();
    try {
      return RecipeModels.of(recipe, new ModelShelf(jobs.objects(), jobs.buckets().work(), ModelsCommand.folder(place)));
    } catch (RequestFault nowhere) {
      if (session.origin() == Session.Origin.NAMED) {
        return new RecipeModels(Collections.emptySortedMap(), Map.of());
      }
      throw nowhere;
    }
  }

  /** What was rejected before may be right by now, since models and prices change: it lands anew, under another key. */
  private JobId land(JobStore jobs, EditKey first, Recipe landed) {
    Landing landing = new Landing(jobs);
    EditKey key = first.unless(tried -> isRejected(jobs, landing.find(tried.video(), landed)));
    return landing.land(key.video(), landed.canonical(), landed, video);
  }

  private static boolean isRejected(JobStore jobs, Optional<JobId> job) {
    return job.flatMap(jobs::end).filter(end -> end.state() == EndState.REJECTED).isPresent();
  }

  private int preview(Session session, Recipe recipe, EditKey first, Display display, long start) {
    JobStore jobs = session.jobs();
    Preview pictures = Preview.of(video, recipe);
    String folder = first.unless(tried -> isRejected(jobs, pictures.find(jobs, recipe, tried.preview()))).preview();
    JobId id = begin(session, pictures.land(jobs, recipe, folder), display);
    JobView view = new JobWatcher(jobs, display).watch(id);
    Path sheet = Results.at(out.orElseGet(this::besideUs)).preview();
    boolean made = view.end().filter(end -> end.state() == EndState.FINAL).isPresent();
    if (made) {
      Results.fetch(jobs, view.job().contactSheetKey(), sheet);
    }
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    if (json) {
      console.say(JsonOut.write(Previewed.of(view, made ? Optional.of(sheet) : Optional.empty(), took)));
    } else if (made) {
      console.say("preview        " + sheet);
      console.say("Done in " + Wording.time(took) + ".");
    }
    if (!made) {
      console.err().println(Outcomes.sentence(view));
    }
    return ExitCodes.of(view.end().orElseThrow().state());
  }

  private Overrides overrides() {
    return new Overrides(method, model, prompt, sourcePrompt,
        seed.map(OptionalLong::of).orElseGet(OptionalLong::empty), steps.map(OptionalInt::of).orElseGet(OptionalInt::empty), transition);
  }

  private void requireVideo() {
    if (!Files.isRegularFile(video) || !Files.isReadable(video)) {
      throw new RequestFault("there is no file " + video + " that can be read; check the path");
    }
    String name = video.getFileName().toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".cube") || name.endsWith(".yaml") || name.endsWith(".yml")) {
      throw new RequestFault(video + " is named as a recipe or a look-up table is; give a video");
    }
    try {
      if (Files.size(video) == 0) {
        throw new RequestFault(video + " is empty; give a video");
      }
    } catch (IOException e) {
      throw new RequestFault(video + " cannot be read (" + e.getMessage() + "); check the file", e);
    }
  }

  private Path besideUs() {
    String name = video.getFileName().toString();
    return Path.of((name.lastIndexOf('.') > 0 ? name.substring(0, name.lastIndexOf('.')) : name) + ".edited.mp4");
  }

  /** An edit that failed before is tried again; what is finished of it is found. */
  private JobId begin(Session session, JobId id, Display display) {
    Retries retries = new Retries(session.jobs(), Clock.systemUTC());
    JobId newest = retries.newest(id);
    Optional<End> end = session.jobs().end(newest);
    if (end.isEmpty() || end.get().state() == EndState.REJECTED) {
      return newest;
    }
    if (end.get().state() == EndState.FINAL) {
      display.note("This video was edited so before, by job " + newest + ".");
      return newest;
    }
    display.note("This edit ended before as " + end.get().state().name().toLowerCase(Locale.ROOT) + "; trying it again.");
    Job again = retries.create(newest, OptionalInt.empty());
    session.tell(new Fact.VideoAccepted(again.id()));
    return again.id();
  }

  private static String cost(Receipt receipt) {
    return ", for %s %s: %s s of workers".formatted(receipt.cost().toPlainString(), receipt.currency(), Wording.number(receipt.seconds()));
  }

  private int finish(JobStore jobs, JobView view, Results results, Duration took) {
    End end = view.end().orElseThrow();
    boolean made = end.state() == EndState.FINAL;
    if (made) {
      results.fetch(jobs, view.job());
    }
    Optional<Receipt> receipt = made ? results.receipt() : Optional.empty();
    if (json) {
      console.say(JsonOut.write(Edited.of(view, results, receipt, took)));
    } else if (made) {
      console.say("edited video   " + results.film());
      console.say("report         " + results.report());
      console.say("contact sheet  " + results.contactSheet());
      console.say("Done in " + Wording.time(took) + receipt.map(EditCommand::cost).orElse("") + ".");
    }
    if (!made) {
      console.err().println(Outcomes.sentence(view));
    }
    return ExitCodes.of(end.state());
  }
}
