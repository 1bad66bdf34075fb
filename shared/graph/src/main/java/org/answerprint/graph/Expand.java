package org.answerprint.graph;

import java.util.List;

/** The elements repeated along axes of length 1, and along new axes before the first. dX = dY summed over those axes. */
record Expand(Shape shape) implements Operator {

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Types.requireInputs(inputs, 1, 1);
    TensorType x = inputs.getFirst();
    Types.require(Shape.broadcast(x.shape(), shape).equals(shape), "%s does not stretch to %s", x, shape);
    return List.of(x.shaped(shape));
  }

  @Override
  public void differentiate(Backward backward) {
    backward.give(0, backward::gradient);
  }

  @Override
  public List<Tensor> lower(Lowering lowering, List<Tensor> inputs) {
    Tensor x = inputs.getFirst();
    long[] lengths = new long[shape.rank()];
    boolean known = true;
    for (int axis = 0; axis < lengths.length; axis++) {
      Dim dim = shape.dim(axis);
      boolean kept = dim.equals(x.shape().alignedDim(axis, lengths.length));
      // Expand broadcasts both ways, so that a 1 keeps the input's own length.
      lengths[axis] = kept ? 1 : dim.isNumber() ? dim.value() : -1;
      known &= lengths[axis] >= 0;
    }
    Tensor wanted = known ? lowering.g().integers(lengths) : lowering.sizes(shape);
    return List.of(lowering.kernel("Expand", Attributes.NONE, x.type().shaped(shape), x, wanted));
  }
}
