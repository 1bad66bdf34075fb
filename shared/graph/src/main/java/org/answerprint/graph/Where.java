package org.answerprint.graph;

import java.util.List;

/**
 * The first operand's element where a condition holds, else the second's; all three are broadcast from the last axis.
 * dA = dY where the condition holds and else 0, dB the other way round, each summed over the axes it was broadcast along.
 */
record Where() implements Operator {

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Types.requireInputs(inputs, 3, 3);
    Types.require(inputs.getFirst().element() == ElementType.BOOL, "the condition is BOOL, found %s", inputs.getFirst());
    Types.requireSameElement(inputs.subList(1, 3));
    Shape values = Shape.broadcast(inputs.get(1).shape(), inputs.get(2).shape());
    return List.of(inputs.get(1).shaped(Shape.broadcast(inputs.getFirst().shape(), values)));
  }

  @Override
  public void differentiate(Backward backward) {
    GraphBuilder g = backward.g();
    Tensor dy = backward.gradient();
    Tensor nothing = g.scalar(dy.element(), 0);
    backward.give(1, () -> g.where(backward.input(0), dy, nothing));
    backward.give(2, () -> g.where(backward.input(0), nothing, dy));
  }

  @Override
  public List<Tensor> lower(Lowering lowering, List<Tensor> inputs) {
    TensorType type = infer(inputs.stream().map(Tensor::type).toList()).getFirst();
    return List.of(lowering.kernel("Where", Attributes.NONE, type, inputs.toArray(Tensor[]::new)));
  }
}
