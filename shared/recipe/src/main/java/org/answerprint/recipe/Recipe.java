package org.answerprint.recipe;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * What a person wants done to a video, or to the videos and images of a story.
 *
 * @param base what holds for every shot unless an entry changes it
 * @param onShotFailure what becomes of a shot that cannot be edited
 * @param maxCost the most the job may cost, 0 to 1,000,000; no bound where empty
 * @param shots changes for some shots; later entries win
 * @param story what to join, in order; empty where the recipe is for one video
 */
public record Recipe(
    ShotRecipe base,
    ShotFailure onShotFailure,
    Optional<BigDecimal> maxCost,
    List<ShotEntry> shots,
    List<StoryItem> story) {

  /** What is done to a video without a recipe. */
  public static final Recipe DEFAULT =
      new Recipe(ShotRecipe.DEFAULT, ShotFailure.SOURCE, Optional.empty(), List.of(), List.of());

  public Recipe {
    Objects.requireNonNull(base, "base");
    Objects.requireNonNull(onShotFailure, "onShotFailure");
    maxCost = maxCost.map(BigDecimal::stripTrailingZeros);
    maxCost.ifPresent(cost -> Limits.require(cost.signum() >= 0 && cost.compareTo(Limits.COST_MAX) <= 0,
        "the cap on the cost", cost, "0 to " + Limits.COST_MAX));
    shots = List.copyOf(shots);
    story = List.copyOf(story);
  }

  /** What any entry changes: those for some shots, and those of a story. */
  public Stream<Changes> changes() {
    return Stream.concat(shots.stream().map(ShotEntry::changes), story.stream().map(StoryItem::changes));
  }

  /** The method for every shot that no entry changes. */
  public String method() {
    return base.method();
  }

  /** The model's bundle for every shot that no entry changes. */
  public Optional<String> model() {
    return base.model();
  }

  /** The prompt for every shot that no entry changes. */
  public Optional<String> prompt() {
    return base.prompt();
  }

  /** What the source shows, for every shot that no entry changes. */
  public Optional<String> sourcePrompt() {
    return base.sourcePrompt();
  }

  /** The seed for every shot that no entry changes. */
  public long seed() {
    return base.seed();
  }

  /** The denoising steps for every shot that no entry changes. */
  public OptionalInt steps() {
    return base.steps();
  }

  /** The method's options for every shot that no entry changes. */
  public Options options() {
    return base.options();
  }

  /** The join after every shot that no entry changes. */
  public Transition transition() {
    return base.transition();
  }

  /** Whether this recipe joins several inputs instead of editing one video. */
  public boolean isStory() {
    return !story.isEmpty();
  }

  /**
   * What is to be done to a shot of a single video.
   *
   * @param number the shot's number, from 1
   * @param start when the shot starts, from the start of the film, rounded down to nanoseconds: ranges have whole
   *     nanoseconds, so rounding down changes no answer
   */
  public ShotRecipe forShot(int number, Duration start) {
    Limits.requireShot(number);
    return entered(base, number, start);
  }

  /**
   * What is to be done to a shot of a story: the item's changes first, then the entries that match the shot.
   *
   * @param item the item the shot comes from, from 1
   * @param number the shot's number in the whole film, from 1
   * @param start when the shot starts, from the start of the whole film, rounded down to nanoseconds
   */
  public ShotRecipe forStoryShot(int item, int number, Duration start) {
    Limits.requireShot(number);
    Limits.require(item >= 1 && item <= story.size(), "the story item", item, "1 to " + story.size());
    return entered(base.with(story.get(item - 1).changes()), number, start);
  }

  private ShotRecipe entered(ShotRecipe ground, int number, Duration start) {
    ShotRecipe shot = ground;
    for (ShotEntry entry : shots) {
      if (entry.match().matches(number, start)) {
        shot = shot.with(entry.changes());
      }
    }
    return shot;
  }

  /**
   * This with the flags of a command line in place of what holds for every shot; entries still win for their shots. A
   * changed method starts without options. Whether the outcome is allowed is for {@link RecipeReader#check} to say.
   *
   * @throws IllegalArgumentException where the seed or the steps are out of range
   */
  public Recipe with(Overrides overrides) {
    return new Recipe(overrides.onto(base), onShotFailure, maxCost, shots, story);
  }

  /** JSON in one fixed form: equal recipes give equal text, fit to be hashed; it is also a recipe file. */
  public String canonical() {
    return Canonical.text(this);
  }

  /**
   * The recipe that {@link #canonical()} wrote. It was checked when it was first read, so methods that have gone out of
   * the catalogue since are no error.
   *
   * @throws IllegalArgumentException where the text is no canonical recipe
   */
  public static Recipe ofCanonical(String json) {
    return switch (RecipeReader.stored(json, "the stored recipe", AnyMethod.CATALOGUE)) {
      case Parsed.Valid(var recipe) -> recipe;
      case Parsed.Invalid invalid -> throw new IllegalArgumentException(invalid.message());
    };
  }
}
