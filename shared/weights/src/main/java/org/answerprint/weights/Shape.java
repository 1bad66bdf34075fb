package org.answerprint.weights;

import java.util.Arrays;
import java.util.List;

/**
 * The lengths of a tensor's axes, outermost first; none for a scalar. Every length is 0 or more, and their product
 * fits in a long.
 *
 * @param axes the lengths
 */
public record Shape(List<Long> axes) {

  /** @throws IllegalArgumentException where a length is negative or the number of elements overflows */
  public Shape {
    axes = List.copyOf(axes);
    if (axes.stream().anyMatch(axis -> axis < 0)) {
      throw new IllegalArgumentException("a shape with a negative axis: " + axes);
    }
    try {
      axes.stream().reduce(1L, Math::multiplyExact);
    } catch (ArithmeticException overflow) {
      throw new IllegalArgumentException("a shape of more elements than can be counted: " + axes, overflow);
    }
  }

  public static Shape of(long... axes) {
    return new Shape(Arrays.stream(axes).boxed().toList());
  }

  /** The number of elements; 1 for a scalar. */
  public long elements() {
    return axes.stream().reduce(1L, (a, b) -> a * b);
  }

  public int rank() {
    return axes.size();
  }

  /** The lengths as a fresh array. */
  public long[] toArray() {
    return axes.stream().mapToLong(Long::longValue).toArray();
  }

  /** For people: {@code [320, 4, 3, 3]}. */
  @Override
  public String toString() {
    return axes.toString();
  }
}
