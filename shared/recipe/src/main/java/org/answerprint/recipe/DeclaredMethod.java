package org.answerprint.recipe;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A method whose options are a plain list. */
record DeclaredMethod(String name, List<OptionRule> options) implements MethodRules {

  DeclaredMethod {
    options = List.copyOf(options);
  }

  @Override
  public List<Problem> check(Options given, String path) {
    List<Problem> problems = new ArrayList<>();
    given.values().forEach((option, value) -> checkGiven(option, value, path).ifPresent(problems::add));
    options.stream()
        .filter(rule -> rule.required() && given.value(rule.name()).isEmpty())
        .map(rule -> new Problem(path + "." + rule.name(), "missing", rule.allowed()))
        .forEach(problems::add);
    return problems;
  }

  private Optional<Problem> checkGiven(String option, OptionValue value, String path) {
    String where = path + "." + option;
    Optional<OptionRule> rule = options.stream().filter(each -> each.name().equals(option)).findFirst();
    if (rule.isEmpty()) {
      List<String> names = options.stream().map(OptionRule::name).toList();
      return Optional.of(new Problem(where,
          "an unknown option of the method " + name + Nearest.hint(option, names),
          names.isEmpty() ? "no options" : String.join(", ", names)));
    }
    return rule.filter(each -> !each.accepts().test(value))
        .map(each -> new Problem(where, Wording.of(value), each.allowed()));
  }
}
