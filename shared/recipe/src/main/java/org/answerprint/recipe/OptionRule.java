package org.answerprint.recipe;

import java.util.Objects;
import java.util.function.Predicate;

/**
 * One option of a method.
 *
 * @param name the option's name
 * @param required whether the method cannot do without it
 * @param accepts which values it may have
 * @param allowed the same in words, such as {@code a key of the bucket that ends in .cube}
 */
public record OptionRule(String name, boolean required, Predicate<OptionValue> accepts, String allowed) {

  public OptionRule {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(accepts, "accepts");
    Objects.requireNonNull(allowed, "allowed");
  }
}
