package org.answerprint.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** Axes in another order: axis i of the output is axis {@code order[i]} of the input. dX = dY with the order undone. */
record Transpose(List<Integer> order) implements Operator {

  Transpose {
    order = List.copyOf(order);
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Types.requireInputs(inputs, 1, 1);
    TensorType x = inputs.getFirst();
    List<Integer> sorted = order.stream().sorted().toList();
    Types.require(sorted.equals(IntStream.range(0, x.shape().rank()).boxed().toList()), "%s is no order of the axes of %s", order, x);
    return List.of(x.shaped(new Shape(order.stream().map(x.shape()::dim).toList())));
  }

  @Override
  public void differentiate(Backward backward) {
    List<Integer> back = new ArrayList<>(Collections.nCopies(order.size(), 0));
    for (int axis = 0; axis < order.size(); axis++) {
      back.set(order.get(axis), axis);
    }
    backward.give(0, () -> backward.g().transpose(backward.gradient(), back.stream().mapToInt(Integer::intValue).toArray()));
  }

  @Override
  public List<Tensor> lower(Lowering lowering, List<Tensor> inputs) {
    Tensor x = inputs.getFirst();
    Attributes attributes = Attributes.of("perm", order.stream().map(Integer::longValue).toList());
    return List.of(lowering.kernel("Transpose", attributes, infer(List.of(x.type())).getFirst(), x));
  }
}
