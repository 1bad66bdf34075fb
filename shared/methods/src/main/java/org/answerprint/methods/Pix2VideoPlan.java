package org.answerprint.methods;

import java.util.Optional;
import java.util.Set;
import org.answerprint.diffusion.Ddim;
import org.answerprint.diffusion.Guidance;
import org.answerprint.diffusion.GuidedUpdate;
import org.answerprint.diffusion.RowOrder;
import org.answerprint.diffusion.SchedulerConfig;
import org.answerprint.pipeline.ImageModel;
import org.answerprint.pix2video.Branches;
import org.answerprint.pix2video.References;
import org.answerprint.pix2video.Settings;
import org.answerprint.recipe.Options;
import org.answerprint.recipe.ShotRecipe;

/**
 * What a recipe asks of Pix2Video, with its defaults filled in.
 *
 * @param recipe of the shot
 * @param shorterSide in pixels at which it is edited
 * @param ported ids of the layers in which frames attend to others
 */
record Pix2VideoPlan(ShotRecipe recipe, int shorterSide, Set<String> ported) {

  private static final double GUIDANCE = 7.5;
  private static final int MOST_FRAMES = 8;
  /** Of attention scores in one call: what leaves two workers of a small machine room for the rest. */
  private static final long MOST_BYTES = 1L << 30;

  static Pix2VideoPlan of(ShotRecipe recipe, ImageModel model) {
    Options options = recipe.options();
    int side = Pix2VideoRules.whole(options, Pix2VideoRules.RESOLUTION).orElse(model.nativeSide());
    Set<String> ported = Pix2VideoRules.references(options) == References.NONE ? Set.of() : layers(model, Pix2VideoRules.layers(options));
    return new Pix2VideoPlan(recipe, side, ported);
  }

  private static Set<String> layers(ImageModel model, Pix2VideoRules.Layers which) {
    return switch (which) {
      case DECODER -> model.decoderLayers();
      case LATE -> model.lateDecoderLayers();
      case ALL -> model.allLayers();
    };
  }

  int steps() {
    return recipe.steps().orElse(Pix2VideoMethod.STEPS);
  }

  String prompt() {
    return recipe.prompt().orElse("");
  }

  /** What the recipe says that the shot shows; whoever leaves it out wants the model's captioner to say it. */
  Optional<String> sourcePrompt() {
    return recipe.sourcePrompt();
  }

  String negativePrompt() {
    return recipe.options().text(Pix2VideoRules.NEGATIVE).orElse("");
  }

  boolean startsAtRandom() {
    return Pix2VideoMethod.randomStart(recipe.options());
  }

  /** Whether depth has one range for the whole shot; else each frame has its own, as in the public code. */
  boolean depthOfTheClip() {
    return recipe.options().text(Pix2VideoRules.DEPTH).filter(Pix2VideoRules.CLIP_DEPTH::equals).isPresent();
  }

  /** The method's settings for latents of this size. */
  Settings settings(SchedulerConfig scheduler, ImageModel model, int latentHeight, int latentWidth) {
    Options options = recipe.options();
    Ddim ddim = Ddim.of(scheduler, steps());
    GuidedUpdate usual = GuidedUpdate.ofSteps(steps());
    GuidedUpdate update = new GuidedUpdate(Pix2VideoRules.decimal(options, Pix2VideoRules.KAPPA).orElse(usual.kappa()),
        Pix2VideoRules.whole(options, Pix2VideoRules.GUIDED_STEPS).orElse(usual.steps()));
    int rows = rows(model, latentHeight, latentWidth);
    return new Settings(ddim, new Guidance(guidance(), RowOrder.UNCONDITIONAL_FIRST), update, Pix2VideoRules.references(options),
        recipe.seed(), Math.max(1, rows / 2), rows < 2 ? Branches.APART : Branches.TOGETHER);
  }

  private double guidance() {
    return Optional.of(recipe.options()).flatMap(options -> Pix2VideoRules.decimal(options, Pix2VideoRules.GUIDANCE)).orElse(GUIDANCE);
  }

  /** As many rows as go into one call: each attends to two frames at most. */
  private static int rows(ImageModel model, int latentHeight, int latentWidth) {
    long largest = model.unet().attentionLayers().stream().mapToLong(layer -> {
      long tokens = layer.tokens(latentHeight, latentWidth);
      return layer.heads() * tokens * 2 * tokens * Float.BYTES;
    }).max().orElse(1);
    return Math.clamp(MOST_BYTES / largest, 1, 2 * MOST_FRAMES);
  }
}
