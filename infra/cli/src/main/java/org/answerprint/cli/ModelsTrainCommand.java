package org.answerprint.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.answerprint.bundles.BundleCache;
import org.answerprint.bundles.CheckpointReader;
import org.answerprint.faults.RequestFault;
import org.answerprint.models.Definitions;
import org.answerprint.runtime.Engine;
import org.answerprint.training.ToyboxImage;
import org.answerprint.training.ToyboxTraining;
import org.answerprint.training.ToyboxTraining.Part;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code models train toybox-image}. */
@Command(name = "train", description = {"Train our own model from nothing, on pictures that are rendered meanwhile; with two free cores in about an hour.",
    "Without --part, all parts in order; then the model is put together and kept under its name."})
final class ModelsTrainCommand implements Callable<Integer> {

  private final Map<String, String> environment;
  private final Console console;

  @Parameters(paramLabel = "NAME", description = "toybox-image.")
  private String name;

  @Option(names = "--part", paramLabel = "PART", description = "Only this one: vae, unet (with its text encoder), depth, captioner.")
  private Optional<String> part = Optional.empty();

  @Option(names = "--steps", paramLabel = "N", description = "Other than the part's own number: fewer for a trial.")
  private Optional<Long> steps = Optional.empty();

  @Option(names = "--resume", description = "Go on from the last checkpoints, and leave finished parts as they are.")
  private boolean resume;

  @Option(names = "--seed", paramLabel = "N", description = "Of everything (default: 1).")
  private long seed = 1;

  @Option(names = "--threads", paramLabel = "N", description = "That a step works with (default: one for each processor).")
  private Optional<Integer> threads = Optional.empty();

  @Option(names = "--out", paramLabel = "DIR",
      description = "Where checkpoints, pictures of progress and weights go (default: .answerprint/training/NAME).")
  private Optional<Path> out = Optional.empty();

  @Mixin
  private Options options;

  ModelsTrainCommand(Map<String, String> environment, Console console) {
    this.environment = environment;
    this.console = console;
  }

  @Override
  public Integer call() {
    if (!name.equals(ToyboxImage.NAME)) {
      throw new RequestFault("%s cannot be trained here; give %s".formatted(name, ToyboxImage.NAME));
    }
    Place place = Place.of(environment, options);
    Path folder = out.orElseGet(() -> place.own("training").resolve(name)).toAbsolutePath();
    Engine engine = new Engine.Cpu(threads.orElse(Runtime.getRuntime().availableProcessors()), false);
    ToyboxTraining training = new ToyboxTraining(folder, engine, seed, console::say);
    List<Part> parts = part.map(Part::of).map(List::of).orElse(List.of(Part.values()));
    for (Part each : parts) {
      if (resume && training.isLearnt(each)) {
        console.say(each.word() + " is finished: " + training.result(each));
      } else {
        training.learn(each, steps.map(OptionalLong::of).orElseGet(OptionalLong::empty), resume);
      }
    }
    if (part.isEmpty()) {
      keep(place, training.assemble(command()));
    }
    return ExitCodes.DONE;
  }

  /** What has to be said for the same model. */
  private String command() {
    return "./answerprint models train %s --seed %d%s".formatted(name, seed, steps.map(count -> " --steps " + count).orElse(""));
  }

  private void keep(Place place, Path checkpoint) {
    BundleCache.Imported imported = ModelsCommand.cache(place).add(CheckpointReader.read(checkpoint, new Definitions(), false), name);
    console.say(ModelsListCommand.Line.of(name, imported.bundle()).words());
    console.say("It lies in " + imported.bundle().folder() + ".");
  }
}
