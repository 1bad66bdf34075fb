package org.answerprint.recipe;

import java.util.List;
import java.util.Optional;

/** What a method asks of a recipe. */
public interface MethodRules {

  /** The name that recipes use. */
  String name();

  /** Whether every shot that it edits needs a prompt. */
  default boolean needsPrompt() {
    return false;
  }

  /** Whether it needs a model. */
  default boolean needsModel() {
    return false;
  }

  /** The name of the model that it works with where a recipe names none; empty where one must be named. */
  default Optional<String> defaultModel() {
    return Optional.empty();
  }

  /**
   * Everything wrong with these options, or an empty list.
   *
   * @param path where the options stand; the path of one option is {@code path + "." + name}
   */
  List<Problem> check(Options options, String path);

  /** A method that asks only for these options: all others are refused, and the required ones must be there. */
  static MethodRules of(String name, List<OptionRule> options) {
    return new DeclaredMethod(name, options);
  }
}
