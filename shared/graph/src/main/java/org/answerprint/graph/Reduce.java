package org.answerprint.graph;

import java.util.ArrayList;
import java.util.List;

/**
 * The sum or the mean over some axes, which stay as axes of length 1 or go. dX = dY stretched back over the axes, for the mean
 * divided by the number of elements that went into it.
 *
 * @param axes counted from 0, in order
 */
record Reduce(boolean mean, List<Integer> axes, boolean keep) implements Operator {

  Reduce {
    axes = axes.stream().sorted().distinct().toList();
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Types.requireInputs(inputs, 1, 1);
    TensorType x = inputs.getFirst();
    Types.require(x.element() != ElementType.BOOL && !axes.isEmpty(), "a reduction wants numbers and axes, found %s", x);
    List<Dim> left = new ArrayList<>();
    for (int axis = 0; axis < x.shape().rank(); axis++) {
      if (!axes.contains(axis)) {
        left.add(x.shape().dim(axis));
      } else if (keep) {
        left.add(Dim.of(1));
      }
    }
    return List.of(x.shaped(new Shape(left)));
  }

  @Override
  public void differentiate(Backward backward) {
    backward.give(0, () -> {
      GraphBuilder g = backward.g();
      Shape input = backward.inputType(0).shape();
      Tensor dy = g.reshape(backward.gradient(), kept(input));
      return g.expand(mean ? g.divide(dy, g.sizeOf(count(input), dy.element())) : dy, input);
    });
  }

  private Shape kept(Shape input) {
    Shape shape = input;
    for (int axis : axes) {
      shape = shape.with(axis, 1);
    }
    return shape;
  }

  private Dim count(Shape input) {
    return axes.stream().map(input::dim).reduce(Dim.of(1), Dim::times);
  }

  @Override
  public List<Tensor> lower(Lowering lowering, List<Tensor> inputs) {
    Tensor x = inputs.getFirst();
    long[] over = axes.stream().mapToLong(Integer::longValue).toArray();
    return List.of(lowering.kernel(mean ? "ReduceMean" : "ReduceSum", Attributes.of("keepdims", keep ? 1 : 0),
        infer(List.of(x.type())).getFirst(), x, lowering.g().integers(over)));
  }
}
