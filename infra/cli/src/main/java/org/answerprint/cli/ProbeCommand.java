package org.answerprint.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code probe VIDEO}. */
@Command(name = "probe", description = "Show what ingest would see in a video, and whether it would accept it.")
final class ProbeCommand implements Callable<Integer> {

  private final Console console;

  @Parameters(paramLabel = "VIDEO", description = "A video on this machine.")
  private Path video;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Mixin
  private Options options;

  ProbeCommand(Map<String, String> environment, Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Probe probe = Probe.of(video);
    if (json) {
      console.say(JsonOut.write(probe));
    } else if (probe.accepted()) {
      print(probe);
    }
    probe.reason().ifPresent(reason -> console.err().println(Wording.sentence(video + " would be rejected: " + reason)));
    return probe.accepted() ? ExitCodes.DONE : ExitCodes.REQUEST_IS_WRONG;
  }

  private void print(Probe probe) {
    console.say("accepted   " + video + " (" + Wording.bytes(probe.bytes()) + ")");
    console.say(String.format(Locale.ROOT, "container  %s, %.3f s", probe.container().orElse(""), probe.seconds()));
    probe.video().ifPresent(v -> console.say(String.format(Locale.ROOT,
        "video      %s, %dx%d, pixels %s, %.3f frames a second, %d bits, %s%s%s%s", v.codec(), v.width(), v.height(), v.sampleAspect(),
        v.fps(), v.bitDepth(), v.matrix(), v.hdr() ? ", HDR" : "", v.rotation() == 0 ? "" : ", turned by " + v.rotation() + " degrees",
        v.interlaced() ? ", interlaced" : "")));
    probe.audio().forEach(a -> console.say(String.format(Locale.ROOT, "audio      %s, %d Hz, %s%s", a.codec(), a.sampleRate(),
        Wording.count(a.channels(), "channel"), a.preferred() ? "" : ", not the one that is kept")));
    probe.encoder().ifPresent(e -> console.say("encoder    " + e));
  }
}
