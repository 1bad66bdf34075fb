package org.answerprint.recipe;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Which methods and transitions a recipe may name here. What is not listed is refused before any work. */
public interface MethodCatalogue {

  /** What can be done without any model: {@code none}, {@code look}; {@code cut}, {@code dissolve}, {@code morph}. */
  MethodCatalogue BUILT_IN = of(
      List.of(
          MethodRules.of("look", List.of(new OptionRule("lut", true,
              value -> value instanceof OptionValue.Text(var key) && key.toLowerCase(Locale.ROOT).endsWith(".cube"),
              "the key of a look-up table in the bucket, ending in .cube"))),
          MethodRules.of("none", List.of())),
      List.of(
          new TransitionRules(Transition.CUT.type(), 0, 0, 0, false),
          TransitionRules.of("dissolve"),
          TransitionRules.of("morph")));

  /** All methods, in the order in which they are listed to people. */
  List<MethodRules> methods();

  /** All transitions, in the order in which they are listed to people. */
  List<TransitionRules> transitions();

  /** The method of this name. */
  default Optional<MethodRules> method(String name) {
    return methods().stream().filter(rules -> rules.name().equals(name)).findFirst();
  }

  /** The transition of this name. */
  default Optional<TransitionRules> transition(String name) {
    return transitions().stream().filter(rules -> rules.name().equals(name)).findFirst();
  }

  /** A catalogue of these. */
  static MethodCatalogue of(List<MethodRules> methods, List<TransitionRules> transitions) {
    return new ListedMethods(methods, transitions);
  }
}
