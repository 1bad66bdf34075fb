package org.answerprint.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.answerprint.bundles.Bundle;
import org.answerprint.bundles.BundleCache;
import org.answerprint.bundles.CheckpointReader;
import org.answerprint.models.Definitions;
import org.answerprint.training.ToyboxImage;
import org.answerprint.training.ToyboxTraining;
import org.answerprint.training.ToyboxTraining.Part;

/** Our own model of images: its parts are learnt, put together, and kept under its name. */
final class TrainableImage implements Trainable {

  private static final long SEED = 1;

  @Override
  public String name() {
    return ToyboxImage.NAME;
  }

  @Override
  public void train(TrainingOrder order) {
    ToyboxTraining training = new ToyboxTraining(order.folder(), order.engine(), order.seed().orElse(SEED), order.news(),
        order.from().map(name -> base(ModelsCommand.cache(order.place()).named(name))));
    List<Part> parts = order.part().map(Part::of).map(List::of).orElse(List.of(Part.values()));
    for (Part each : parts) {
      if (order.resume() && training.isLearnt(each, order.steps(), order.rate())) {
        order.news().accept(each.word() + " is finished: " + training.result(each));
      } else {
        training.learn(each, order.steps(), order.rate(), order.resume());
      }
      training.put(each);
    }
    if (Stream.of(Part.values()).allMatch(training::has)) {
      training.assemble(command(order));
      keep(order, training.checkpoint());
    }
  }

  private static ToyboxTraining.Base base(Bundle bundle) {
    return new ToyboxTraining.Base(bundle.folder(), bundle.manifest().digest());
  }

  /** What has to be said for the same model. */
  private static String command(TrainingOrder order) {
    String steps = order.steps().isPresent() ? " --steps " + order.steps().getAsLong() : "";
    String part = order.part().map(" --part "::concat).orElse("");
    String from = order.from().map(" --from "::concat).orElse("");
    String rate = order.rate().isPresent() ? " --rate " + order.rate().getAsDouble() : "";
    return "./answerprint models train %s --seed %d%s%s%s%s".formatted(ToyboxImage.NAME, order.seed().orElse(SEED), from, part, steps, rate);
  }

  private static void keep(TrainingOrder order, Path checkpoint) {
    BundleCache.Imported imported = ModelsCommand.cache(order.place()).add(
        CheckpointReader.read(checkpoint, new Definitions(), false), ToyboxImage.NAME);
    order.news().accept(ModelsListCommand.Line.of(ToyboxImage.NAME, imported.bundle().manifest()).words());
    order.news().accept("It lies in " + imported.bundle().folder() + ".");
  }
}
