package org.answerprint.graph;

import java.util.List;

/** P = exp(X) / sum of exp(X) along one axis. dX = P * (dY - sum of dY * P along the axis). */
record Softmax(int axis) implements Operator {

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Types.requireInputs(inputs, 1, 1);
    Types.requireFloating(inputs.getFirst(), "softmax");
    inputs.getFirst().shape().axis(axis);
    return inputs;
  }

  @Override
  public void differentiate(Backward backward) {
    backward.give(0, () -> slope(backward.g(), backward.output(0), backward.gradient(), axis));
  }

  static Tensor slope(GraphBuilder g, Tensor p, Tensor dy, int axis) {
    Tensor weighted = g.multiply(dy, p);
    return g.subtract(weighted, g.multiply(p, g.sumKeeping(weighted, axis)));
  }

  @Override
  public List<Tensor> lower(Lowering lowering, List<Tensor> inputs) {
    Tensor x = inputs.getFirst();
    return List.of(lowering.kernel("Softmax", Attributes.of("axis", axis), x.type(), x));
  }
}
