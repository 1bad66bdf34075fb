package org.answerprint.weights;

import java.util.Objects;

/**
 * What is known of a tensor without its elements.
 *
 * @param name as the file has it, such as {@code down_blocks.0.resnets.0.conv1.weight}
 * @param type of its elements
 * @param shape in elements
 */
public record TensorSpec(String name, ElementType type, Shape shape) {

  public TensorSpec {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(shape, "shape");
    if (shape.elements() > Long.MAX_VALUE / type.bytes()) {
      throw new IllegalArgumentException("a tensor of more bytes than can be counted: " + type + " " + shape);
    }
  }

  /** The size of its elements in bytes. */
  public long bytes() {
    return shape.elements() * type.bytes();
  }
}
