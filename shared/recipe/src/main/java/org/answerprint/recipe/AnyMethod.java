package org.answerprint.recipe;

import java.util.List;
import java.util.Optional;

/** Rules that accept everything: for recipes that were checked when they were first read. */
record AnyMethod(String name) implements MethodRules {

  static final MethodCatalogue CATALOGUE = new MethodCatalogue() {
    @Override
    public List<MethodRules> methods() {
      return List.of();
    }

    @Override
    public List<TransitionRules> transitions() {
      return List.of();
    }

    @Override
    public Optional<MethodRules> method(String name) {
      return Optional.of(new AnyMethod(name));
    }

    @Override
    public Optional<TransitionRules> transition(String name) {
      return Optional.of(new TransitionRules(name, 0, Integer.MAX_VALUE, 0, false));
    }
  };

  @Override
  public List<Problem> check(Options options, String path) {
    return List.of();
  }
}
