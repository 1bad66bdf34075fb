package org.answerprint.graph;

import java.util.List;

/** The same numbers as another element type. dX = dY cast back, between floating types; else none. */
record Cast(ElementType to) implements Operator {

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Types.requireInputs(inputs, 1, 1);
    return List.of(inputs.getFirst().of(to));
  }

  @Override
  public void differentiate(Backward backward) {
    backward.give(0, () -> backward.g().cast(backward.gradient(), backward.inputType(0).element()));
  }

  @Override
  public List<Tensor> lower(Lowering lowering, List<Tensor> inputs) {
    Tensor x = inputs.getFirst();
    return List.of(lowering.kernel("Cast", Attributes.of("to", to.onnx()), x.type().of(to), x));
  }
}
