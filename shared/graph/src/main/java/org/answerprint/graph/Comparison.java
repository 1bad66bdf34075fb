package org.answerprint.graph;

import java.util.List;

/** A question about pairs of elements, broadcast from the last axis; the answer is BOOL and has no gradient. */
record Comparison(Question question) implements Operator {

  enum Question {
    LESS("Less"), GREATER("Greater"), EQUAL("Equal"), AND("And"), OR("Or");

    private final String onnx;

    Question(String onnx) {
      this.onnx = onnx;
    }
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Types.requireInputs(inputs, 2, 2);
    Types.requireSameElement(inputs);
    boolean logic = question == Question.AND || question == Question.OR;
    Types.require((inputs.getFirst().element() == ElementType.BOOL) == logic, "%s does not take %s", question, inputs.getFirst());
    Shape shape = Shape.broadcast(inputs.getFirst().shape(), inputs.getLast().shape());
    return List.of(new TensorType(ElementType.BOOL, shape));
  }

  @Override
  public void differentiate(Backward backward) {}

  @Override
  public List<Tensor> lower(Lowering lowering, List<Tensor> inputs) {
    TensorType type = infer(inputs.stream().map(Tensor::type).toList()).getFirst();
    return List.of(lowering.kernel(question.onnx, Attributes.NONE, type, inputs.getFirst(), inputs.getLast()));
  }
}
