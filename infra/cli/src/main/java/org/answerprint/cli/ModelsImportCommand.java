package org.answerprint.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.answerprint.bundles.Bundle;
import org.answerprint.bundles.BundleCache;
import org.answerprint.bundles.Checkpoint;
import org.answerprint.bundles.CheckpointReader;
import org.answerprint.models.Definitions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code models import DIR --name N}. */
@Command(name = "import", description = "Check a checkpoint in Hugging Face's layout, and keep it under a name.")
final class ModelsImportCommand implements Callable<Integer> {

  private final Map<String, String> environment;
  private final Console console;

  @Parameters(paramLabel = "DIR", description = "A checkpoint's folder, whole or only some of its networks.")
  private Path folder;

  @Option(names = "--name", paramLabel = "N", required = true, description = "What to call it; another of this name loses it.")
  private String name;

  @Option(names = "--half", description = "Prefer weights in half precision (fp16) where there are both.")
  private boolean half;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Mixin
  private Options options;

  ModelsImportCommand(Map<String, String> environment, Console console) {
    this.environment = environment;
    this.console = console;
  }

  @Override
  public Integer call() {
    BundleCache cache = ModelsCommand.cache(Place.of(environment, options));
    Checkpoint checkpoint = CheckpointReader.read(folder, new Definitions(), half);
    BundleCache.Imported imported = cache.add(checkpoint, name);
    Bundle bundle = imported.bundle();
    if (json) {
      console.say(JsonOut.write(ModelsListCommand.Line.of(name, bundle)));
    } else {
      console.say(ModelsListCommand.Line.of(name, bundle).words());
      console.say(imported.copied() ? "Copied to " + bundle.folder() + "." : "These weights were here already; nothing was copied.");
      checkpoint.leftOut().forEach(part -> console.say("Left out " + part + ": nothing here uses it."));
    }
    return ExitCodes.DONE;
  }
}
