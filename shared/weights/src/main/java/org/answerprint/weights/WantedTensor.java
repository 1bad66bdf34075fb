package org.answerprint.weights;

import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A tensor that a network needs.
 *
 * @param name as files have it
 * @param shape it must have
 * @param types it may have, at least one
 */
public record WantedTensor(String name, Shape shape, Set<ElementType> types) {

  private static final Set<ElementType> FLOATS =
      Set.copyOf(EnumSet.of(ElementType.FLOAT64, ElementType.FLOAT32, ElementType.FLOAT16, ElementType.BFLOAT16));

  public WantedTensor {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(shape, "shape");
    types = Set.copyOf(types);
    if (types.isEmpty()) {
      throw new IllegalArgumentException(name + " may have no type at all");
    }
  }

  /** A tensor of any floating-point type. */
  public static WantedTensor floats(String name, long... shape) {
    return new WantedTensor(name, Shape.of(shape), FLOATS);
  }

  /** For people: {@code float32 or float16 [320, 4, 3, 3]}. */
  String expectation() {
    return types.stream().sorted().map(ElementType::toString).collect(Collectors.joining(" or ")) + " " + shape;
  }
}
