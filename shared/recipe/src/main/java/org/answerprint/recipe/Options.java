package org.answerprint.recipe;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A method's own options, checked by that method's {@link MethodRules}.
 *
 * @param values value by name, in alphabetical order
 */
public record Options(SortedMap<String, OptionValue> values) {

  /** No options. */
  public static final Options NONE = new Options(Collections.emptySortedMap());

  public Options {
    values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
  }

  /** The options of any map. */
  public static Options of(Map<String, OptionValue> values) {
    return new Options(new TreeMap<>(values));
  }

  /** The option of any kind, if it is given. */
  public Optional<OptionValue> value(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** The option, if it is given as text. */
  public Optional<String> text(String name) {
    return value(name).flatMap(value -> value instanceof OptionValue.Text(var text) ? Optional.of(text)
        : Optional.empty());
  }

  /** The option, if it is given as a number. */
  public Optional<BigDecimal> number(String name) {
    return value(name).flatMap(value -> value instanceof OptionValue.Number(var number) ? Optional.of(number)
        : Optional.empty());
  }

  /** The option, if it is given as true or false. */
  public Optional<Boolean> flag(String name) {
    return value(name).flatMap(value -> value instanceof OptionValue.Flag(var flag) ? Optional.of(flag)
        : Optional.empty());
  }
}
