package org.answerprint.graph;

import java.util.ArrayList;
import java.util.List;

/** So many elements of one value before and after each axis. dX = dY without them. */
record Pad(List<Long> before, List<Long> after, double value) implements Operator {

  Pad {
    before = List.copyOf(before);
    after = List.copyOf(after);
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Types.requireInputs(inputs, 1, 1);
    TensorType x = inputs.getFirst();
    Types.require(before.size() == x.shape().rank() && after.size() == before.size(), "padding wants two numbers per axis of %s", x);
    Types.require(before.stream().allMatch(n -> n >= 0) && after.stream().allMatch(n -> n >= 0), "padding is not negative");
    Shape shape = x.shape();
    for (int axis = 0; axis < before.size(); axis++) {
      shape = shape.with(axis, shape.dim(axis).plus(Dim.of(before.get(axis) + after.get(axis))));
    }
    return List.of(x.shaped(shape));
  }

  @Override
  public void differentiate(Backward backward) {
    backward.give(0, () -> {
      Tensor inner = backward.gradient();
      for (int axis = 0; axis < before.size(); axis++) {
        if (before.get(axis) + after.get(axis) > 0) {
          inner = backward.g().slice(inner, axis, before.get(axis), backward.inputType(0).shape().size(axis));
        }
      }
      return inner;
    });
  }

  @Override
  public List<Tensor> lower(Lowering lowering, List<Tensor> inputs) {
    Tensor x = inputs.getFirst();
    List<Long> pads = new ArrayList<>(before);
    pads.addAll(after);
    GraphBuilder g = lowering.g();
    Tensor amounts = g.integers(pads.stream().mapToLong(Long::longValue).toArray());
    return List.of(lowering.kernel("Pad", Attributes.NONE, infer(List.of(x.type())).getFirst(), x, amounts,
        g.scalar(x.element(), value)));
  }
}
