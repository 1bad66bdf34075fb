package org.answerprint.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code shots VIDEO}. */
@Command(name = "shots", description = "Find the shots of a video; needs no running system.")
final class ShotsCommand implements Callable<Integer> {

  private final Console console;

  @Parameters(paramLabel = "VIDEO", description = "A video on this machine.")
  private Path video;

  @Option(names = "--json", description = "Print JSON: fps, frames, and for each shot start, end (exclusive) and cut.")
  private boolean json;

  @Mixin
  private Options options;

  ShotsCommand(Map<String, String> environment, Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    ShotList list = ShotList.of(video);
    if (json) {
      console.say(JsonOut.write(list));
      return ExitCodes.DONE;
    }
    console.say(String.format(Locale.ROOT, "%s, %s at %.3f frames a second", Wording.count(list.shots().size(), "shot"),
        Wording.count(list.frames(), "frame"), list.fps()));
    for (int i = 0; i < list.shots().size(); i++) {
      ShotList.Shot shot = list.shots().get(i);
      console.say(String.format(Locale.ROOT, "%4d  %7d to %-7d  %8.2f s  %s", i + 1, shot.start(), shot.end() - 1,
          (shot.end() - shot.start()) / Math.max(list.fps(), 1e-6), shot.cut()));
    }
    return ExitCodes.DONE;
  }
}
