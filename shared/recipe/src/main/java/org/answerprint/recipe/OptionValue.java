package org.answerprint.recipe;

import java.math.BigDecimal;
import java.util.Objects;

/** The value of one option of a method: text, a number or a flag. */
public sealed interface OptionValue {

  /** Text, as it was written. */
  record Text(String value) implements OptionValue {

    public Text {
      Objects.requireNonNull(value, "value");
    }
  }

  /** An exact decimal number, without trailing zeros. */
  record Number(BigDecimal value) implements OptionValue {

    public Number {
      value = value.stripTrailingZeros();
    }
  }

  /** True or false. */
  record Flag(boolean value) implements OptionValue {}
}
