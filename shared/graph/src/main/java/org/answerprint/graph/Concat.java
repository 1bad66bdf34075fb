package org.answerprint.graph;

import java.util.List;

/** Tensors one after another along an axis. Each operand's gradient is its stretch of dY. */
record Concat(int axis) implements Operator {

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Types.requireInputs(inputs, 1, Integer.MAX_VALUE);
    Types.requireSameElement(inputs);
    TensorType first = inputs.getFirst();
    Dim length = Dim.of(0);
    for (TensorType input : inputs) {
      Types.requireShape(input.shaped(input.shape().with(axis, 0)), first.shape().with(axis, 0), "a part (joined axis aside)");
      length = length.plus(input.shape().dim(axis));
    }
    return List.of(first.shaped(first.shape().with(axis, length)));
  }

  @Override
  public void differentiate(Backward backward) {
    long start = 0;
    for (int part = 0; part < backward.inputCount(); part++) {
      long from = start;
      long length = backward.inputType(part).shape().size(axis);
      backward.give(part, () -> backward.g().slice(backward.gradient(), axis, from, length));
      start += length;
    }
  }

  @Override
  public List<Tensor> lower(Lowering lowering, List<Tensor> inputs) {
    TensorType type = infer(inputs.stream().map(Tensor::type).toList()).getFirst();
    return List.of(lowering.kernel("Concat", Attributes.of("axis", axis), type, inputs.toArray(Tensor[]::new)));
  }
}
