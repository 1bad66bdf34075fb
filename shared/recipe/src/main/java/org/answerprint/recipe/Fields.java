package org.answerprint.recipe;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * One mapping of the document, read field by field. What is wrong with a field goes to the list of problems, and the
 * field reads as absent, so that reading goes on and finds the rest.
 */
final class Fields {

  /** Decimal numbers of at most 12 digits before the point and 9 after it: no exponent can make them huge. */
  private static final Pattern DECIMAL = Pattern.compile("[-+]?[0-9]{1,12}(?:\\.[0-9]{0,9})?|[-+]?\\.[0-9]{1,9}");
  private static final Pattern WHOLE = Pattern.compile("[-+]?[0-9]{1,18}");

  private final Map<String, Value> values = new LinkedHashMap<>();
  private final String path;
  private final Problems problems;

  private Fields(String path, Problems problems) {
    this.path = path;
    this.problems = problems;
  }

  /** The fields of a mapping at this path, of which only {@code known} may be there, each once. */
  static Fields of(Value.Mapping mapping, String path, List<String> known, Problems problems) {
    Fields fields = open(mapping, path, problems);
    for (String key : List.copyOf(fields.values.keySet())) {
      if (!known.contains(key)) {
        problems.add(fields.at(key), "an unknown key" + Nearest.hint(key, known), String.join(", ", known));
      }
    }
    return fields;
  }

  /** The fields of a mapping at this path, of any name, each once. */
  static Fields open(Value.Mapping mapping, String path, Problems problems) {
    Fields fields = new Fields(path, problems);
    for (Value.Entry entry : mapping.entries()) {
      if (fields.values.putIfAbsent(entry.key(), entry.value()) != null) {
        problems.add(fields.at(entry.key()), "given more than once", "one value");
      }
    }
    return fields;
  }

  /** The path of a field of this mapping. */
  String at(String name) {
    String word = name.isEmpty() || name.length() > 60 ? Wording.quoted(name) : name.replaceAll("\\p{Cntrl}+", " ");
    return path.isEmpty() ? word : path + "." + word;
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  List<String> names() {
    return List.copyOf(values.keySet());
  }

  Optional<Value> value(String name) {
    return Optional.ofNullable(values.get(name));
  }

  void wrong(String name, String allowed) {
    problems.add(at(name), value(name).map(Wording::of).orElse("missing"), allowed);
  }

  /** Text of 1 to {@code longest} characters, not blank, without control characters but for tabs and line ends. */
  Optional<String> text(String name, int longest) {
    String allowed = "text of 1 to " + longest + " characters";
    return checked(name, allowed + ", in quotes if it looks like a number", value ->
        value instanceof Value.Scalar(var kind, var text) && kind == Value.Kind.TEXT
            ? Optional.of(text) : Optional.<String>empty())
        .flatMap(text -> kept(name, allowed + " that can be printed", text, Texts.printable(text, longest)));
  }

  /** Text that matches the pattern. */
  Optional<String> word(String name, Pattern pattern, String allowed) {
    return checked(name, allowed, value ->
        value instanceof Value.Scalar(var kind, var text) && kind == Value.Kind.TEXT && pattern.matcher(text).matches()
            ? Optional.of(text) : Optional.<String>empty());
  }

  /** A whole number in a range, both ends included. */
  OptionalLong whole(String name, long least, long most) {
    return checked(name, "a whole number from " + least + " to " + most, Fields::whole)
        .flatMap(number -> kept(name, "a whole number from " + least + " to " + most, number,
            number >= least && number <= most))
        .map(OptionalLong::of)
        .orElse(OptionalLong.empty());
  }

  /** An exact decimal number in a range, both ends included. */
  Optional<BigDecimal> decimal(String name, BigDecimal least, BigDecimal most) {
    String allowed = "a number from " + least.toPlainString() + " to " + most.toPlainString()
        + " with at most 9 decimals";
    return checked(name, allowed, Fields::decimal)
        .flatMap(number -> kept(name, allowed, number,
            number.compareTo(least) >= 0 && number.compareTo(most) <= 0));
  }

  /** A mapping with only these keys. */
  Optional<Fields> mapping(String name, List<String> known) {
    return checked(name, "a mapping of " + String.join(", ", known), Fields::mapping)
        .map(mapping -> of(mapping, at(name), known, problems));
  }

  /** A mapping with any keys. */
  Optional<Fields> openMapping(String name) {
    return checked(name, "a mapping of names to values", Fields::mapping)
        .map(mapping -> open(mapping, at(name), problems));
  }

  /** A list of mappings with only these keys; an item that is none is reported and left out. */
  List<Fields> mappings(String name, int fewest, List<String> known) {
    String allowed = "a list of " + fewest + " to " + Limits.ENTRIES_MAX + " mappings";
    List<Value> items = checked(name, allowed,
        value -> value instanceof Value.Sequence(var list) ? Optional.of(list) : Optional.<List<Value>>empty())
        .orElse(List.of());
    if (has(name) && (items.size() > Limits.ENTRIES_MAX || value(name).orElseThrow() instanceof Value.Sequence
        && items.size() < fewest)) {
      problems.add(at(name), "a list of " + items.size(), allowed);
      return List.of();
    }
    List<Fields> found = new ArrayList<>();
    IntStream.range(0, items.size()).forEach(index -> {
      String where = at(name) + "[" + index + "]";
      if (items.get(index) instanceof Value.Mapping mapping) {
        found.add(of(mapping, where, known, problems));
      } else {
        problems.add(where, Wording.of(items.get(index)), "a mapping of " + String.join(", ", known));
      }
    });
    return found;
  }

  /** A whole number of at most 18 digits. */
  static Optional<Long> whole(Value value) {
    return value instanceof Value.Scalar(var kind, var text) && kind == Value.Kind.NUMBER
        && WHOLE.matcher(text).matches() ? Optional.of(Long.parseLong(text)) : Optional.empty();
  }

  /** An exact decimal number of bounded size. */
  static Optional<BigDecimal> decimal(Value value) {
    return value instanceof Value.Scalar(var kind, var text) && kind == Value.Kind.NUMBER
        && DECIMAL.matcher(text).matches() ? Optional.of(new BigDecimal(text)) : Optional.empty();
  }

  private static Optional<Value.Mapping> mapping(Value value) {
    return value instanceof Value.Mapping mapping ? Optional.of(mapping) : Optional.empty();
  }

  private <T> Optional<T> checked(String name, String allowed, Function<Value, Optional<T>> read) {
    Optional<Value> value = value(name);
    Optional<T> result = value.flatMap(read);
    if (value.isPresent() && result.isEmpty()) {
      wrong(name, allowed);
    }
    return result;
  }

  private <T> Optional<T> kept(String name, String allowed, T value, boolean holds) {
    if (!holds) {
      wrong(name, allowed);
    }
    return holds ? Optional.of(value) : Optional.empty();
  }
}
