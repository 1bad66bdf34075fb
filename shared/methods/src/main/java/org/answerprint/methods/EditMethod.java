package org.answerprint.methods;

import java.util.List;
import java.util.Optional;
import org.answerprint.bundles.BundleManifest;
import org.answerprint.frames.FrameSink;
import org.answerprint.media.EncoderSettings;
import org.answerprint.pipeline.ImageModelWork;
import org.answerprint.recipe.MethodRules;
import org.answerprint.recipe.Options;
import org.answerprint.recipe.ShotRecipe;

/**
 * A way to edit a shot. One instance serves all shots and threads; whatever belongs to a shot lives in the call.
 *
 * <p>What an author may rely on: {@link #edit} is called at least once for a take, and after a crash it is called again
 * with the same request; its output must depend on the request alone. What it throws decides what follows:
 * {@link org.answerprint.faults.TransientFault} is tried again, up to three attempts in all;
 * {@link org.answerprint.faults.RequestFault} and {@link org.answerprint.faults.InternalFault} give the shot up.
 */
public interface EditMethod {

  /** What recipes may say about it; its name is the method's name. */
  MethodRules rules();

  /** Changes whenever the pixels change that it makes of the same request. */
  String version();

  /** Whether each frame is edited without looking at others, so that a long shot may be edited in pieces. */
  boolean framewise();

  /** Whether a generative model makes its pictures, which a film then says of itself. */
  default boolean generates() {
    return false;
  }

  /** The recipe with everything left at its default that this method does not read. */
  ShotRecipe essential(ShotRecipe recipe);

  /** Keys of objects in the bucket {@code in} that these options name. */
  List<String> assets(Options options);

  /** The name of the model that a shot is edited with: the recipe's, else the method's own; empty for methods that need none. */
  default Optional<String> model(ShotRecipe recipe) {
    return rules().needsModel() ? recipe.model().or(rules()::defaultModel) : Optional.empty();
  }

  /**
   * Refuses a model that this method cannot work with as a recipe asks, before any work; only asked of methods that need one.
   *
   * @throws org.answerprint.faults.RequestFault with what the model lacks
   */
  default void requireModel(ShotRecipe recipe, BundleManifest model) {}

  /**
   * What a shot takes at most, where nothing has to be repeated; for prices. More frames, steps or pixels never take less.
   *
   * @param film the size and shape of its frames
   * @param model what the networks of {@link #model} calculate; empty for methods that need none
   */
  Effort effort(ShotRecipe recipe, int frames, EncoderSettings film, Optional<ImageModelWork> model);

  /**
   * Edits a shot, or a piece of one.
   *
   * @param request the frames and what is asked for
   * @param out takes as many frames as the request has, of the same size, with the same pts and durations, in order
   */
  void edit(EditRequest request, FrameSink out);

  default String name() {
    return rules().name();
  }
}
