package org.answerprint.jobs;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.answerprint.frames.TimeBase;
import org.answerprint.media.EncoderSettings;
import org.answerprint.recipe.Recipe;
import org.answerprint.recipe.ShotRecipe;

/**
 * What an accepted job is to make, fixed once at ingest.
 *
 * @param sources in order; one, or the items of a story
 * @param recipe resolved and validated
 * @param encoder the same for every segment, so that they join by packet copy
 * @param timeBase of the edited film; times there are those of a single source
 * @param assets keys of other objects in the bucket that the recipe needs (look-up tables), with the ETags they had
 * @param models digests of the bundles that the recipe names, by name
 * @param pricing what the estimates and the receipt are made of
 * @param estimate an upper bound made before the shots are known
 * @param ingestSeconds what probing took
 */
public record Order(
    List<SourceFilm> sources,
    Recipe recipe,
    EncoderSettings encoder,
    TimeBase timeBase,
    Map<String, String> assets,
    Map<String, String> models,
    Pricing pricing,
    Estimate estimate,
    double ingestSeconds) {

  public Order {
    sources = List.copyOf(sources);
    assets = Map.copyOf(assets);
    models = models == null ? Map.of() : Map.copyOf(models); // jobs of before there were models say nothing of them
    Objects.requireNonNull(recipe, "recipe");
    Objects.requireNonNull(encoder, "encoder");
    Objects.requireNonNull(timeBase, "timeBase");
    pricing = pricing == null ? Pricing.NONE : pricing; // jobs of before there were receipts say nothing of it
    Objects.requireNonNull(estimate, "estimate");
    if (sources.isEmpty()) {
      throw new IllegalArgumentException("an order has at least one source");
    }
  }

  /** Estimates what this costs. */
  public Estimator estimator() {
    return new Estimator(recipe, encoder, pricing);
  }

  /**
   * What the recipe says of one shot.
   *
   * @param source index into {@link #sources}
   * @param shot from 1
   * @param startTicks where the shot starts in the edited film, counted from the film's start
   */
  public ShotRecipe recipeFor(int source, int shot, long startTicks) {
    Duration start = timeBase.duration(startTicks);
    return recipe.isStory() ? recipe.forStoryShot(source + 1, shot, start) : recipe.forShot(shot, start);
  }
}
