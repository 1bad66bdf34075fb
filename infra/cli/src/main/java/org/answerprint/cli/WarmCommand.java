package org.answerprint.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.answerprint.toybox.SampleFilm;
import picocli.CommandLine.Command;

/** Does once what short commands do, so that the JVM can keep what they load: the script calls it when it has built. */
@Command(name = "warm", hidden = true, description = "Load what short commands need.")
final class WarmCommand implements Callable<Integer> {

  private static final int FRAMES_PER_SHOT = 8;

  private final Console console;

  WarmCommand(Map<String, String> environment, Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Path film = temporary();
    try {
      Files.delete(film);
      SampleFile.make(SampleFilm.of(64, 36, 24, FRAMES_PER_SHOT, 1), film);
      console.say(JsonOut.write(ShotList.of(film)));
      console.say(JsonOut.write(Probe.of(film)));
      return ExitCodes.DONE;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      film.toFile().delete();
    }
  }

  private static Path temporary() {
    try {
      return Files.createTempFile("answerprint-warm", ".mp4");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
