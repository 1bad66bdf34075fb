package org.answerprint.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.answerprint.events.EndState;
import org.answerprint.jobs.End;
import org.answerprint.jobs.JobStore;
import org.answerprint.launcher.Home;
import org.answerprint.methods.Methods;
import org.answerprint.media.sandbox.DecoderStart;
import org.answerprint.recipe.Recipe;
import org.answerprint.recipe.RecipeReader;
import org.answerprint.storage.S3ObjectStore;
import org.answerprint.storage.StorageSettings;
import org.answerprint.toybox.SampleFilm;
import picocli.CommandLine.Command;

/**
 * Does once what every process here does, so that the JVMs can keep what they load and start sooner: the script calls
 * it when it has built.
 */
@Command(name = "warm", hidden = true, description = "Make the start caches of all processes.")
final class WarmCommand implements Callable<Integer> {

  private static final int FRAMES_PER_SHOT = 8;
  private static final String RECIPE = "transition: { type: dissolve, frames: 4 }\n";

  private final Console console;

  WarmCommand(Map<String, String> environment, Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Path folder = temporary();
    try {
      Path film = SampleFile.make(SampleFilm.of(64, 36, 24, FRAMES_PER_SHOT, 1), folder.resolve("film.mp4"));
      DecoderStart.make(Place.cacheOf(Home.find()));
      console.say(JsonOut.write(ShotList.of(film)));
      console.say(JsonOut.write(Probe.of(film)));
      return edit(film, new Place(Home.find(), folder.resolve("data"), Place.cacheOf(Home.find())));
    } finally {
      delete(folder);
    }
  }

  private int edit(Path film, Place place) {
    try (LocalSystem system = LocalSystem.start(place, LocalSystem.Wanted.TRAINING, console::say);
        Display display = console.display(true)) {
      StorageSettings storage = system.storage();
      JobStore jobs = new JobStore(new S3ObjectStore(storage), storage.buckets());
      Seeds.looks(jobs.objects(), jobs.buckets().in());
      Recipe recipe = RecipeReader.read(RECIPE, "warm.yaml", Methods.catalogue()).orThrow();
      JobView view = new JobWatcher(jobs, display).watch(new Landing(jobs).land("film.mp4", RECIPE, recipe, film));
      EndState state = view.end().map(End::state).orElse(EndState.FAILED);
      if (view.end().isPresent() && state != EndState.FINAL) {
        console.err().println(Outcomes.sentence(view));
      }
      return ExitCodes.of(state);
    }
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("answerprint-warm");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      // a temporary folder that stays behind harms nobody
    }
  }
}
