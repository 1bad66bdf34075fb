package org.answerprint.graph;

import java.util.Objects;

/** What a tensor holds: elements of one type, and how many along each axis. */
public record TensorType(ElementType element, Shape shape) {

  public TensorType {
    Objects.requireNonNull(element);
    Objects.requireNonNull(shape);
  }

  /** The same elements in another shape. */
  public TensorType shaped(Shape other) {
    return new TensorType(element, other);
  }

  /** The same shape of other elements. */
  public TensorType of(ElementType other) {
    return new TensorType(other, shape);
  }

  @Override
  public String toString() {
    return element + shape.toString();
  }
}
