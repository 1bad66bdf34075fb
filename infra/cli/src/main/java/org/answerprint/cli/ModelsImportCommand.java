package org.answerprint.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.answerprint.bundles.Bundle;
import org.answerprint.bundles.BundleCache;
import org.answerprint.bundles.Checkpoint;
import org.answerprint.bundles.CheckpointReader;
import org.answerprint.faults.RequestFault;
import org.answerprint.models.Definitions;
import org.answerprint.models.SeineFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code models import DIR --name N}, {@code models import seine.pt --base DIR --name N}. */
@Command(name = "import", description = {"Check a checkpoint in Hugging Face's layout, and keep it under a name.",
    "SEINE's own file (seine.pt) becomes a whole model with the folder of Stable Diffusion 1.4 that --base names."})
final class ModelsImportCommand implements Callable<Integer> {

  private final Map<String, String> environment;
  private final Console console;

  @Parameters(paramLabel = "DIR|FILE", description = "A checkpoint's folder, whole or only some of its networks; or seine.pt.")
  private Path checkpoint;

  @Option(names = "--base", paramLabel = "DIR", description = "Of seine.pt: where its text encoder, tokenizer and VAE are.")
  private Optional<Path> base = Optional.empty();

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
    requireBaseOfAFile();
    return base.map(from -> cache.inWorkspace(folder -> {
      SeineFolder.write(checkpoint, from, folder);
      return add(cache, folder);
    })).orElseGet(() -> add(cache, checkpoint));
  }

  private void requireBaseOfAFile() {
    if (base.isEmpty() && Files.isRegularFile(checkpoint)) {
      throw new RequestFault("%s is a file; give a checkpoint's folder, or for SEINE's file --base with that of Stable Diffusion 1.4"
          .formatted(checkpoint));
    }
    if (base.isPresent() && !Files.isRegularFile(checkpoint)) {
      throw new RequestFault("%s is no file, and --base is for SEINE's; give seine.pt, or leave --base out".formatted(checkpoint));
    }
  }

  private int add(BundleCache cache, Path folder) {
    Checkpoint read = CheckpointReader.read(folder, new Definitions(), half);
    BundleCache.Imported imported = cache.add(read, name);
    Bundle bundle = imported.bundle();
    if (json) {
      console.say(JsonOut.write(ModelsListCommand.Line.of(name, bundle.manifest())));
    } else {
      console.say(ModelsListCommand.Line.of(name, bundle.manifest()).words());
      console.say(imported.copied() ? "Copied to " + bundle.folder() + "." : "These weights were here already; nothing was copied.");
      read.leftOut().forEach(part -> console.say("Left out " + part + ": nothing here uses it."));
    }
    return ExitCodes.DONE;
  }
}
