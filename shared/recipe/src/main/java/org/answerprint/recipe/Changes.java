package org.answerprint.recipe;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What an entry changes for the shots it is about; whatever is empty stays as it was. A method and its options come
 * together or not at all, so that no method ever meets another's options.
 */
public record Changes(
    Optional<String> method,
    Optional<String> model,
    Optional<String> prompt,
    Optional<String> sourcePrompt,
    OptionalLong seed,
    OptionalInt steps,
    Optional<Options> options,
    Optional<Transition> transition) {

  /** Changes nothing. */
  public static final Changes NONE = new Changes(Optional.empty(), Optional.empty(), Optional.empty(),
      Optional.empty(), OptionalLong.empty(), OptionalInt.empty(), Optional.empty(), Optional.empty());

  public Changes {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(prompt, "prompt");
    Objects.requireNonNull(sourcePrompt, "sourcePrompt");
    Objects.requireNonNull(transition, "transition");
    seed.ifPresent(Limits::requireSeed);
    steps.ifPresent(Limits::requireSteps);
    if (method.isPresent() != options.isPresent()) {
      throw new IllegalArgumentException("a method and its options change together; give both or neither");
    }
  }
}
