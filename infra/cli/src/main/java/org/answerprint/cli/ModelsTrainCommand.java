package org.answerprint.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.answerprint.runtime.Engine;
import org.answerprint.stage.StageSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code models train NAME}. */
@Command(name = "train", description = {"Train what is our own from nothing, on pictures that are rendered meanwhile; with two free cores in about an hour.",
    "Without --part, all parts in order; a model is then put together and kept under its name."})
final class ModelsTrainCommand implements Callable<Integer> {

  private final Map<String, String> environment;
  private final Console console;

  @Parameters(paramLabel = "NAME", description = "toybox-image, or toybox-judges.")
  private String name;

  @Option(names = "--part", paramLabel = "PART",
      description = "Only this one: vae, unet (with its text encoder), depth, captioner; attribute-reader, text-image.")
  private Optional<String> part = Optional.empty();

  @Option(names = "--from", paramLabel = "MODEL",
      description = "Begin with the weights of this toybox-image, and leave its other parts as they are.")
  private Optional<String> from = Optional.empty();

  @Option(names = "--steps", paramLabel = "N", description = "Other than the part's own number: fewer for a trial.")
  private Optional<Long> steps = Optional.empty();

  @Option(names = "--rate", paramLabel = "R",
      description = "The highest learning rate, other than the part's own; with --from a tenth of it or less, or what was learnt is lost.")
  private Optional<Double> rate = Optional.empty();

  @Option(names = "--resume", description = "Go on from the last checkpoints, and leave finished parts as they are.")
  private boolean resume;

  @Option(names = "--seed", paramLabel = "N", description = "Of everything (default: the one that made what ships).")
  private Optional<Long> seed = Optional.empty();

  @Option(names = "--threads", paramLabel = "N", description = "That a step works with, where no card does (default: one for each processor).")
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
    Trainable trainable = Trainable.named(name);
    Place place = Place.of(environment, options);
    Path folder = out.orElseGet(() -> place.own("training").resolve(name)).toAbsolutePath();
    Engine engine = engine(StageSettings.of(environment).engine());
    Interrupted.says(console, "Stopped; the same command with --resume goes on from the last checkpoint.");
    trainable.train(new TrainingOrder(place, folder, engine, number(seed), part, from, number(steps), rate(), resume, console::say));
    return ExitCodes.DONE;
  }

  private Engine engine(Engine asked) {
    return switch (asked) {
      case Engine.Cpu(int _, Engine.Spared spared) -> new Engine.Cpu(threads.orElse(Runtime.getRuntime().availableProcessors()), spared);
      case Engine.Cuda _ -> asked;
    };
  }

  private OptionalDouble rate() {
    return rate.map(OptionalDouble::of).orElseGet(OptionalDouble::empty);
  }

  private static OptionalLong number(Optional<Long> value) {
    return value.map(OptionalLong::of).orElseGet(OptionalLong::empty);
  }
}
