package org.answerprint.graph;

import java.util.ArrayList;
import java.util.List;

/** Where the largest element stands along one axis, which goes; the first one of a tie. INT64, no gradient. */
record ArgMax(int axis) implements Operator {

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Types.requireInputs(inputs, 1, 1);
    List<Dim> left = new ArrayList<>(inputs.getFirst().shape().dims());
    left.remove(inputs.getFirst().shape().axis(axis));
    return List.of(new TensorType(ElementType.INT64, new Shape(left)));
  }

  @Override
  public void differentiate(Backward backward) {}

  @Override
  public List<Tensor> lower(Lowering lowering, List<Tensor> inputs) {
    Tensor x = inputs.getFirst();
    // ONNX Runtime's ArgMax takes INT32 and INT64 on the CPU alone; token numbers are exact in FLOAT.
    Tensor numbers = x.element().isFloating() ? x : lowering.g().cast(x, ElementType.FLOAT);
    Attributes attributes = Attributes.of("axis", axis).and("keepdims", 0);
    return List.of(lowering.kernel("ArgMax", attributes, infer(List.of(x.type())).getFirst(), numbers));
  }
}
