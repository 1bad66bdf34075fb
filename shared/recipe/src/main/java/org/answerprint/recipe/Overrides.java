package org.answerprint.recipe;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What the flags of a command line say instead of the recipe file. They replace what holds for every shot; entries of
 * the file still win for their shots.
 *
 * @param transition a transition's name; its frames stay where the name stays, else they are the transition's default
 */
public record Overrides(
    Optional<String> method,
    Optional<String> model,
    Optional<String> prompt,
    Optional<String> sourcePrompt,
    OptionalLong seed,
    OptionalInt steps,
    Optional<String> transition) {

  /** No flags. */
  public static final Overrides NONE = new Overrides(Optional.empty(), Optional.empty(), Optional.empty(),
      Optional.empty(), OptionalLong.empty(), OptionalInt.empty(), Optional.empty());

  public Overrides {
    Objects.requireNonNull(method, "method");
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(prompt, "prompt");
    Objects.requireNonNull(sourcePrompt, "sourcePrompt");
    Objects.requireNonNull(seed, "seed");
    Objects.requireNonNull(steps, "steps");
    Objects.requireNonNull(transition, "transition");
  }

  ShotRecipe onto(ShotRecipe base) {
    return base.with(new Changes(
        method,
        model,
        prompt,
        sourcePrompt,
        seed,
        steps,
        method.map(name -> name.equals(base.method()) ? base.options() : Options.NONE),
        transition.map(type -> join(type, base.transition()))));
  }

  private static Transition join(String type, Transition before) {
    return type.equals(before.type()) ? before
        : type.equals(Transition.CUT.type()) ? Transition.CUT
        : new Transition(type, TransitionRules.USUAL_FRAMES, before.prompt());
  }
}
