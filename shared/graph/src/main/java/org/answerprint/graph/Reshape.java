package org.answerprint.graph;

import java.util.List;
import java.util.Optional;

/** The same elements in the same order along other axes. dX = dY in X's shape. */
record Reshape(Shape shape) implements Operator {

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Types.requireInputs(inputs, 1, 1);
    TensorType x = inputs.getFirst();
    Types.require(x.shape().elements().equals(shape.elements()), "%s has not as many elements as %s", x, shape);
    return List.of(x.shaped(shape));
  }

  @Override
  public void differentiate(Backward backward) {
    backward.give(0, () -> backward.g().reshape(backward.gradient(), backward.inputType(0).shape()));
  }

  @Override
  public List<Tensor> lower(Lowering lowering, List<Tensor> inputs) {
    Tensor x = inputs.getFirst();
    GraphBuilder g = lowering.g();
    Tensor wanted = written(x.shape()).map(g::integers).orElseGet(() -> lowering.sizes(shape));
    return List.of(lowering.kernel("Reshape", Attributes.NONE, x.type().shaped(shape), x, wanted));
  }

  /** With 0 for a length taken from the input's same axis and -1 for the one that follows from all others. */
  private Optional<long[]> written(Shape from) {
    long[] lengths = new long[shape.rank()];
    boolean free = true;
    for (int axis = 0; axis < lengths.length; axis++) {
      Dim dim = shape.dim(axis);
      if (dim.isNumber()) {
        lengths[axis] = dim.value();
      } else if (axis < from.rank() && dim.equals(from.dim(axis))) {
        lengths[axis] = 0;
      } else if (free) {
        lengths[axis] = -1;
        free = false;
      } else {
        return Optional.empty();
      }
    }
    return Optional.of(lengths);
  }
}
