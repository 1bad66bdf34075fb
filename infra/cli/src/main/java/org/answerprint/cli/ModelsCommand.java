package org.answerprint.cli;

import java.nio.file.Path;
import java.util.Map;
import org.answerprint.bundles.BundleCache;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code models}: alone, it lists what one can do with them. */
@Command(
    name = "models",
    description = "The models of this machine: checkpoints, checked and kept under names.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ModelsImportCommand.class, ModelsListCommand.class, ModelsVerifyCommand.class, ModelsRunCommand.class,
      ModelsPushCommand.class, ModelsTrainCommand.class})
final class ModelsCommand implements Runnable {

  private final Console console;

  @Spec
  private CommandSpec spec;

  ModelsCommand(Map<String, String> environment, Console console) {
    this.console = console;
  }

  /** Where they are kept. */
  static BundleCache cache(Place place) {
    return new BundleCache(folder(place));
  }

  static Path folder(Place place) {
    return place.data().resolve("models");
  }

  @Override
  public void run() {
    spec.commandLine().usage(console.out());
  }
}
