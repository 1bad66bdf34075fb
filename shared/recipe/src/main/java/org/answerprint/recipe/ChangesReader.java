package org.answerprint.recipe;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads what the recipe, its shot entries and its story items have in common. */
final class ChangesReader {

  private static final Pattern MODEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

  private final MethodCatalogue methods;
  private final Problems problems;

  ChangesReader(MethodCatalogue methods, Problems problems) {
    this.methods = methods;
    this.problems = problems;
  }

  MethodCatalogue methods() {
    return methods;
  }

  /**
   * What the recipe says for every shot.
   *
   * @param changes what differs from the default
   * @param known whether its method is known, so that entries which build on it can be checked
   */
  record Ground(Changes changes, boolean known) {}

  Ground ground(Fields fields) {
    Ground none = new Ground(Changes.NONE, true);
    Changes read = read(fields, none);
    boolean known = !fields.has("method") && !fields.has("options") || read.method().isPresent();
    return new Ground(read, known);
  }

  /**
   * What an entry changes. Options without a method are the recipe's own method's; a method without options has the
   * recipe's options if it is the recipe's method, else none.
   */
  Changes read(Fields fields, Ground ground) {
    Optional<Chosen> chosen = chosen(fields, ground);
    return new Changes(
        chosen.map(Chosen::method),
        fields.word("model", MODEL, "a bundle's name of letters, digits, dots, hyphens and underscores"),
        fields.text("prompt", Limits.TEXT_MAX),
        fields.text("sourcePrompt", Limits.TEXT_MAX),
        fields.whole("seed", 0, Limits.SEED_MAX),
        steps(fields),
        chosen.map(Chosen::options),
        fields.mapping("transition", List.of("type", "frames", "prompt")).flatMap(this::transition));
  }

  private record Chosen(String method, Options options) {}

  private Optional<Chosen> chosen(Fields fields, Ground ground) {
    ShotRecipe own = ShotRecipe.DEFAULT.with(ground.changes());
    Optional<MethodRules> named = fields.value("method").flatMap(value -> method(fields, value));
    Optional<Options> given = fields.openMapping("options").flatMap(this::options);
    boolean spoiled = fields.has("method") && named.isEmpty() || fields.has("options") && given.isEmpty();
    boolean silent = !fields.has("method") && !fields.has("options");
    boolean adrift = !ground.known() && (named.isEmpty() || given.isEmpty());
    if (spoiled || silent || adrift) {
      return Optional.empty();
    }
    String method = named.map(MethodRules::name).orElse(own.method());
    Options options = given.orElse(method.equals(own.method()) ? own.options() : Options.NONE);
    List<Problem> wrong = methods.method(method).map(rules -> rules.check(options, fields.at("options")))
        .orElse(List.of());
    wrong.forEach(problems::add);
    return wrong.isEmpty() ? Optional.of(new Chosen(method, options)) : Optional.empty();
  }

  private Optional<MethodRules> method(Fields fields, Value value) {
    List<String> names = methods.methods().stream().map(MethodRules::name).toList();
    return named(fields, "method", value, names).flatMap(name -> {
      Optional<MethodRules> rules = methods.method(name);
      if (rules.isEmpty()) {
        unknown(fields.at("method"), "method", name, names);
      }
      return rules;
    });
  }

  private static Optional<String> named(Fields fields, String field, Value value, List<String> names) {
    if (value instanceof Value.Scalar(var kind, var text) && kind == Value.Kind.TEXT && !text.isBlank()) {
      return Optional.of(text);
    }
    fields.wrong(field, String.join(", ", names));
    return Optional.empty();
  }

  private void unknown(String path, String kind, String name, List<String> names) {
    problems.add(path, "the unknown " + kind + " " + Wording.quoted(name) + Nearest.hint(name, names),
        String.join(", ", names));
  }

  private Optional<Options> options(Fields fields) {
    TreeMap<String, OptionValue> options = new TreeMap<>();
    for (String name : fields.names()) {
      option(fields, name).ifPresent(value -> options.put(name, value));
    }
    return options.size() == fields.names().size() ? Optional.of(new Options(options)) : Optional.empty();
  }

  private static Optional<OptionValue> option(Fields fields, String name) {
    Value value = fields.value(name).orElseThrow();
    Optional<OptionValue> option = value instanceof Value.Scalar(var kind, var text) ? switch (kind) {
      case TEXT -> fields.text(name, Limits.TEXT_MAX).map(OptionValue.Text::new);
      case NUMBER -> Fields.decimal(value).map(OptionValue.Number::new);
      case FLAG -> Optional.of(new OptionValue.Flag(Boolean.parseBoolean(text)));
      case NOTHING -> Optional.empty();
    } : Optional.empty();
    boolean reported = value instanceof Value.Scalar(var kind, var _) && kind == Value.Kind.TEXT;
    if (option.isEmpty() && !reported) {
      fields.wrong(name, "text, a flag, or a number of at most 12 digits and 9 decimals");
    }
    return option;
  }

  private static OptionalInt steps(Fields fields) {
    OptionalLong steps = fields.whole("steps", 1, Limits.STEPS_MAX);
    return steps.isPresent() ? OptionalInt.of((int) steps.getAsLong()) : OptionalInt.empty();
  }

  private Optional<Transition> transition(Fields fields) {
    List<String> names = methods.transitions().stream().map(TransitionRules::name).toList();
    Optional<String> prompt = fields.text("prompt", Limits.TEXT_MAX);
    if (!fields.has("type")) {
      fields.wrong("type", String.join(", ", names));
      return Optional.empty();
    }
    return named(fields, "type", fields.value("type").orElseThrow(), names).flatMap(type -> {
      Optional<TransitionRules> rules = methods.transition(type);
      if (rules.isEmpty()) {
        unknown(fields.at("type"), "transition", type, names);
      }
      return rules.map(found -> transition(fields, found, prompt));
    });
  }

  private static Transition transition(Fields fields, TransitionRules rules, Optional<String> prompt) {
    OptionalLong frames = fields.whole("frames", rules.minFrames(), rules.maxFrames());
    if (rules.needsPrompt() && !fields.has("prompt")) {
      fields.wrong("prompt", "text, which the transition " + rules.name() + " needs");
    }
    return new Transition(rules.name(), (int) frames.orElse(rules.defaultFrames()), prompt);
  }
}
