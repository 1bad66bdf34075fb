package org.answerprint.graph;

/**
 * A value in a graph: what an operator gives, not the numbers themselves. Immutable; two handles are equal only if they are
 * the same one.
 */
public final class Tensor {

  private final Node node;
  private final TensorType type;

  Tensor(Node node, TensorType type) {
    this.node = node;
    this.type = type;
  }

  /** Its elements and its shape. */
  public TensorType type() {
    return type;
  }

  /** What one element is. */
  public ElementType element() {
    return type.element();
  }

  /** The lengths of its axes. */
  public Shape shape() {
    return type.shape();
  }

  /** How many axes it has. */
  public int rank() {
    return shape().rank();
  }

  /** The length of an axis; negative axes count from the last. */
  public Dim dim(int axis) {
    return shape().dim(axis);
  }

  /** The length of an axis, which must be a number; negative axes count from the last. */
  public long size(int axis) {
    return shape().size(axis);
  }

  Node node() {
    return node;
  }

  @Override
  public String toString() {
    return node + " " + type;
  }
}
