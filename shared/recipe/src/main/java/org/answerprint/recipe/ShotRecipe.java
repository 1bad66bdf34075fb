package org.answerprint.recipe;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is to be done to one shot, with nothing left to look up.
 *
 * @param method the method's name
 * @param model the bundle's name
 * @param prompt what the edited shot should show
 * @param sourcePrompt what the source shows
 * @param seed where all randomness comes from, 0 to 2^53-1
 * @param steps denoising steps, 1 to 1000; the method's own default where empty
 * @param options the method's own options
 * @param transition how the shot joins the next one
 */
public record ShotRecipe(
    String method,
    Optional<String> model,
    Optional<String> prompt,
    Optional<String> sourcePrompt,
    long seed,
    OptionalInt steps,
    Options options,
    Transition transition) {

  /** What is done where nobody says anything: decode and encode, cut to the next. */
  public static final ShotRecipe DEFAULT = new ShotRecipe("none", Optional.empty(), Optional.empty(),
      Optional.empty(), 0, OptionalInt.empty(), Options.NONE, Transition.CUT);

  public ShotRecipe {
    Limits.require(!method.isBlank(), "the method", "blank", "a name");
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(prompt, "prompt");
    Objects.requireNonNull(sourcePrompt, "sourcePrompt");
    Limits.requireSeed(seed);
    steps.ifPresent(Limits::requireSteps);
    Objects.requireNonNull(options, "options");
    Objects.requireNonNull(transition, "transition");
  }

  /** This with the changes made. */
  public ShotRecipe with(Changes changes) {
    return new ShotRecipe(
        changes.method().orElse(method),
        changes.model().or(() -> model),
        changes.prompt().or(() -> prompt),
        changes.sourcePrompt().or(() -> sourcePrompt),
        changes.seed().orElse(seed),
        changes.steps().isPresent() ? changes.steps() : steps,
        changes.options().orElse(options),
        changes.transition().orElse(transition));
  }

  /** JSON in one fixed form: equal values give equal text, fit to be hashed. */
  public String canonical() {
    return Canonical.text(this);
  }
}
