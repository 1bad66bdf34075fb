package org.answerprint.cli;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.answerprint.storage.ObjectInfo;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code gc}. */
@Command(name = "gc", description = "Remove work that no open job and no film in the out bucket needs.")
final class GcCommand implements Callable<Integer> {

  private final Map<String, String> environment;
  private final Console console;

  @Option(names = "--dry-run", description = "Only say what would be removed.")
  private boolean dryRun;

  @Mixin
  private Options options;

  GcCommand(Map<String, String> environment, Console console) {
    this.environment = environment;
    this.console = console;
  }

  @Override
  public Integer call() {
    try (Session session = Session.open(environment, Place.of(environment, options), false, console.err()::println)) {
      Garbage garbage = new Garbage(session.jobs());
      List<ObjectInfo> found = garbage.find();
      if (dryRun) {
        found.forEach(object -> console.say(object.key() + "  " + Wording.bytes(object.size())));
        console.say("Would remove " + Wording.count(found.size(), "object") + ", "
            + Wording.bytes(found.stream().mapToLong(ObjectInfo::size).sum()) + ".");
      } else {
        console.say("Removed " + Wording.count(found.size(), "object") + ", " + Wording.bytes(garbage.remove(found)) + " freed.");
      }
      return ExitCodes.DONE;
    }
  }
}
