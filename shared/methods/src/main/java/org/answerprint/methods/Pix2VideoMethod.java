package org.answerprint.methods;

import java.util.List;
import java.util.Optional;
import org.answerprint.bundles.Bundle;
import org.answerprint.bundles.BundleManifest;
import org.answerprint.faults.InternalFault;
import org.answerprint.faults.RequestFault;
import org.answerprint.frames.FrameSink;
import org.answerprint.media.EncoderSettings;
import org.answerprint.pipeline.ImageModel;
import org.answerprint.pipeline.ImageModelWork;
import org.answerprint.pipeline.PictureSize;
import org.answerprint.pix2video.References;
import org.answerprint.recipe.MethodRules;
import org.answerprint.recipe.Options;
import org.answerprint.recipe.ShotRecipe;
import org.answerprint.recipe.Transition;

/** Pix2Video (Ceylan, Huang and Mitra, ICCV 2023): a shot edited by text through a model of images, without training. */
final class Pix2VideoMethod implements EditMethod {

  static final int STEPS = 50;
  /** Decoding twice, bringing the edit to the film's size (45 ms at 640x360, which is four), and encoding: in passes of plain decoding and encoding. */
  private static final double PASSES = 6;
  private static final int EDITED_ROWS = 2;
  private static final int INVERTED_ROWS = 1;
  private static final int TEXTS = 3;

  private final MethodRules rules = new Pix2VideoRules();

  @Override
  public MethodRules rules() {
    return rules;
  }

  @Override
  public String version() {
    return "1";
  }

  @Override
  public boolean framewise() {
    return false;
  }

  @Override
  public boolean generates() {
    return true;
  }

  @Override
  public ShotRecipe essential(ShotRecipe recipe) {
    boolean random = Pix2VideoRules.references(recipe.options()) == References.RANDOM || randomStart(recipe.options());
    return new ShotRecipe(Pix2VideoRules.NAME, recipe.model(), recipe.prompt(),
        randomStart(recipe.options()) ? Optional.empty() : recipe.sourcePrompt(), random ? recipe.seed() : ShotRecipe.DEFAULT.seed(),
        recipe.steps(), recipe.options(), Transition.CUT);
  }

  static boolean randomStart(Options options) {
    return options.text(Pix2VideoRules.START).filter(Pix2VideoRules.RANDOM_START::equals).isPresent();
  }

  @Override
  public List<String> assets(Options options) {
    return List.of();
  }

  @Override
  public void requireModel(ShotRecipe recipe, BundleManifest model) {
    ImageModel.require(model);
    if (!randomStart(recipe.options()) && recipe.sourcePrompt().isEmpty() && !ImageModel.captions(model)) {
      throw new RequestFault(("the model %s has no captioner that could say what a shot shows, and the recipe does not say it; "
          + "give sourcePrompt, or start: random").formatted(model(recipe).orElse("")));
    }
  }

  @Override
  public Effort effort(ShotRecipe recipe, int frames, EncoderSettings film, Optional<ImageModelWork> model) {
    ImageModelWork work = model.orElseThrow(() -> new InternalFault("pix2video was priced without its model"));
    int side = Pix2VideoRules.whole(recipe.options(), Pix2VideoRules.RESOLUTION).orElse(work.nativeSide());
    long places = work.places((double) film.width() * film.aspectNum() / film.aspectDen() / film.height(), side);
    long rows = (long) recipe.steps().orElse(STEPS) * (EDITED_ROWS + (randomStart(recipe.options()) ? 0 : INVERTED_ROWS));
    Effort frame = Methods.passes(PASSES, film).plus(networks(
        rows * work.row().at(places) + work.encoding().at(places) + work.decoding().at(places) + work.depth()));
    return frame.times(frames).plus(networks(TEXTS * work.text() + work.caption()));
  }

  private static Effort networks(double gigaOperations) {
    return new Effort(gigaOperations, 0);
  }

  @Override
  public void edit(EditRequest request, FrameSink out) {
    Bundle bundle = request.equipment().model().orElseThrow(() -> new InternalFault("pix2video was asked for without its model"));
    ImageModel model = ImageModel.of(bundle);
    Pix2VideoPlan plan = Pix2VideoPlan.of(request.recipe(), model);
    PictureSize size = model.size(request.width() * request.pixelAspect() / request.height(), plan.shorterSide());
    request.equipment().pipelines().lend(model, size, plan.ported(), pipeline -> new Pix2VideoRun(request, plan, pipeline).run(out));
  }
}
