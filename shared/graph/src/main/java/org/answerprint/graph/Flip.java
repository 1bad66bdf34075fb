package org.answerprint.graph;

import java.util.List;

/** One axis from its last element to its first. dX = dY flipped back. */
record Flip(int axis) implements Operator {

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Types.requireInputs(inputs, 1, 1);
    inputs.getFirst().shape().axis(axis);
    return inputs;
  }

  @Override
  public void differentiate(Backward backward) {
    backward.give(0, () -> backward.g().flip(backward.gradient(), axis));
  }

  @Override
  public List<Tensor> lower(Lowering lowering, List<Tensor> inputs) {
    GraphBuilder g = lowering.g();
    Tensor x = inputs.getFirst();
    return List.of(lowering.kernel("Slice", Attributes.NONE, x.type(), x, g.integers(-1), g.integers(Long.MIN_VALUE),
        g.integers(axis), g.integers(-1)));
  }
}
