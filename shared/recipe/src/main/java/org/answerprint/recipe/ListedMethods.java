package org.answerprint.recipe;

import java.util.List;

/** A catalogue that is a plain list. */
record ListedMethods(List<MethodRules> methods, List<TransitionRules> transitions) implements MethodCatalogue {

  ListedMethods {
    methods = List.copyOf(methods);
    transitions = List.copyOf(transitions);
  }
}
