package org.answerprint.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.answerprint.faults.RequestFault;
import org.answerprint.faults.TransientFault;
import org.answerprint.runtime.Engine;
import org.answerprint.weights.Tensors;
import org.answerprint.weights.WeightFiles;

/**
 * The bundle {@code toybox-image} learnt from nothing, or on from what an earlier one has learnt, part by part; what is learnt stays
 * in a folder, so that parts may come at different times.
 *
 * @param folder of checkpoints, pictures and learnt weights
 * @param engine that computes
 * @param seed of everything
 * @param news lines of progress
 * @param from a {@code toybox-image} whose weights parts begin with, and whose parts stand for those that are not learnt from it
 * @param amounts of pictures
 */
public record ToyboxTraining(Path folder, Engine engine, long seed, Consumer<String> news, Optional<Base> from, Amounts amounts) {

  /** A training with the usual amounts. */
  public ToyboxTraining(Path folder, Engine engine, long seed, Consumer<String> news, Optional<Base> from) {
    this(folder, engine, seed, news, from, Amounts.USUAL);
  }

  /** A model to go on from, in Hugging Face's layout. */
  public record Base(Path folder, String digest) {}

  /** A part of the bundle, in the order in which they are learnt: the denoiser needs the autoencoder's latents. */
  public enum Part {
    VAE(3000, 2e-3),
    UNET(2600, 1e-3),
    DEPTH(2000, 1e-3),
    CAPTIONER(3000, 2e-3);

    private final long steps;
    private final double rate;

    Part(long steps, double rate) {
      this.steps = steps;
      this.rate = rate;
    }

    /** As people call it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** How many steps it takes unless somebody says otherwise. */
    public long steps() {
      return steps;
    }

    /** The part of this name. @throws RequestFault where there is none */
    public static Part of(String word) {
      return Arrays.stream(values()).filter(part -> part.word().equals(word)).findFirst().orElseThrow(() -> new RequestFault(
          "there is no part %s to be learnt; give one of %s".formatted(
              word, String.join(", ", Arrays.stream(values()).map(Part::word).toList()))));
    }
  }

  /** Where a part's weights are once it is learnt. */
  public Path result(Part part) {
    return trainer(part).result();
  }

  /** Whether a part has been learnt here, from the same model or from nothing as this training is. */
  public boolean isLearnt(Part part) {
    return trainer(part).isFinished();
  }

  /** Whether a part has been learnt just so. */
  public boolean isLearnt(Part part, OptionalLong steps, OptionalDouble rate) {
    return trainer(part).isFinished(plan(part, steps, rate));
  }

  private Plan plan(Part part, OptionalLong steps, OptionalDouble rate) {
    return Plan.of(steps.orElse(part.steps), rate.orElse(part.rate), seed);
  }

  /** The folder of the tokenizer's files, which are there once the denoiser's training has begun. */
  Path tokenizer() {
    return folder.resolve("tokenizer");
  }

  private Trainer trainer(Part part) {
    return new Trainer(part.word(), folder, engine, news, from.map(model -> "from model " + model.digest()).orElse("from nothing"));
  }

  /**
   * Learns one part.
   *
   * @param steps other than the part's own number
   * @param rate the highest learning rate, other than the part's own: what goes on from a model wants less, or it forgets
   * @param resume whether to go on where an earlier training stopped, instead of anew
   * @throws RequestFault where a part that it needs has not been learnt
   */
  public void learn(Part part, OptionalLong steps, OptionalDouble rate, boolean resume) {
    Plan plan = plan(part, steps, rate);
    switch (part) {
      case VAE -> {
        forgetScale();
        learn(part, ToyboxImage.vaeLesson(amounts, seed), plan, resume);
      }
      case UNET -> learnUnet(plan, resume);
      case DEPTH -> learn(part, ToyboxImage.depthLesson(amounts, seed), plan, resume);
      case CAPTIONER -> learn(part, ToyboxImage.captionerLesson(amounts, seed), plan, resume);
    }
  }

  private void learnUnet(Plan plan, boolean resume) {
    try (Tensors vae = open(Part.VAE);
        UnetLesson lesson = ToyboxImage.unetLesson(vae, OptionalDouble.of(scale(vae)), tokenizer(), amounts, seed)) {
      news.accept("latents are multiplied by " + lesson.scalingFactor());
      learn(Part.UNET, lesson, plan, resume);
    }
  }

  /**
   * What latents are multiplied by, the same in the denoiser's training and in the model: what the model says whose autoencoder is
   * kept, and what was measured of one that has been learnt, once.
   *
   * @param vae the autoencoder's weights
   */
  double scale(Tensors vae) {
    if (!isLearnt(Part.VAE) && from.isPresent()) {
      return ToyboxCheckpoint.scalingFactor(from.get().folder());
    }
    try {
      if (!Files.exists(measured())) {
        try (Latents latents = new Latents(ToyboxImage.vae(), vae)) {
          double scale = latents.scalingFactor(ToyboxImage.SIZES, amounts.measured(), seed);
          Path whole = Files.writeString(folder.resolve("vae.scale.new"), Double.toString(scale));
          Files.move(whole, measured(), StandardCopyOption.ATOMIC_MOVE);
        }
      }
      return Double.parseDouble(Files.readString(measured()));
    } catch (IOException e) {
      throw new TransientFault("%s cannot be written or read (%s); name another folder".formatted(measured(), e), e);
    }
  }

  private Path measured() {
    return folder.resolve("vae.scale.txt");
  }

  private void forgetScale() {
    try {
      Files.deleteIfExists(measured());
    } catch (IOException e) {
      throw new TransientFault("%s cannot be removed (%s); name another folder".formatted(measured(), e), e);
    }
  }

  private void learn(Part part, Lesson lesson, Plan plan, boolean resume) {
    if (from.isEmpty()) {
      trainer(part).learn(lesson, plan, resume);
      return;
    }
    try (Tensors first = ToyboxCheckpoint.open(from.get().folder(), part)) {
      trainer(part).learn(new Continued(lesson, first), plan, resume);
    }
  }

  /** Whether a part's weights are there: learnt, or those of the model that it goes on from. */
  public boolean has(Part part) {
    return isLearnt(part) || from.isPresent();
  }

  /**
   * A part's weights, to be closed.
   *
   * @throws RequestFault where it has not been learnt, and no model stands for it
   */
  Tensors open(Part part) {
    if (isLearnt(part)) {
      return WeightFiles.open(result(part));
    }
    Base base = from.orElseThrow(() -> new RequestFault(
        "%s has not been learnt in %s, and other parts need it; give --part %s first".formatted(part.word(), folder, part.word())));
    return ToyboxCheckpoint.open(base.folder(), part);
  }

  /** The folder of the model in Hugging Face's layout, as far as it has been {@linkplain #put put} together. */
  public Path checkpoint() {
    return folder.resolve(ToyboxImage.NAME);
  }

  /**
   * Puts a part into the model's folder, in half precision.
   *
   * @throws RequestFault where it has not been learnt
   */
  public void put(Part part) {
    new ToyboxCheckpoint(this).put(part);
  }

  /**
   * Puts all parts together, and what else a model's folder has.
   *
   * @param command that made them, for the model's card
   * @throws RequestFault where a part has not been learnt
   */
  public void assemble(String command) {
    for (Part part : Part.values()) {
      put(part);
    }
    new ToyboxCheckpoint(this).putPapers(command);
  }
}
