package org.answerprint.graph;

import java.util.ArrayList;
import java.util.List;

/**
 * The largest element of each window over the spatial axes of {@code [B, C, s...]}; padding is never the largest. dX gives
 * each window's dY to the element chosen, the first one of a tie: it is the gradient of the same maximum taken tap by tap over
 * strided slices.
 */
record MaxPool(List<Long> kernel, Window window) implements Operator {

  MaxPool {
    kernel = List.copyOf(kernel);
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Types.requireInputs(inputs, 1, 1);
    TensorType x = inputs.getFirst();
    Types.requireFloating(x, "a maximum");
    Types.require(x.shape().rank() == window.axes() + 2 && kernel.size() == window.axes(), "windows of %s do not fit %s", kernel, x);
    Shape shape = x.shape();
    for (int axis = 0; axis < kernel.size(); axis++) {
      shape = shape.with(axis + 2, window.places(axis, x.shape().size(axis + 2), kernel.get(axis)));
    }
    return List.of(x.shaped(shape));
  }

  @Override
  public void differentiate(Backward backward) {
    backward.give(0, () -> {
      Tensor x = backward.input(0);
      Tensor largest = tapByTap(backward.g(), x, backward.outputType(0).shape());
      return backward.g().gradient(largest, backward.gradient(), List.of(x)).getFirst();
    });
  }

  private Tensor tapByTap(GraphBuilder g, Tensor x, Shape places) {
    List<Long> none = List.of(0L, 0L);
    List<Long> before = new ArrayList<>(none);
    List<Long> after = new ArrayList<>(none);
    before.addAll(window.before());
    after.addAll(window.after());
    List<Tensor> taps = List.of(g.pad(x, before, after, Double.NEGATIVE_INFINITY));
    for (int axis = 0; axis < kernel.size(); axis++) {
      List<Tensor> finer = new ArrayList<>();
      for (Tensor tap : taps) {
        for (long offset = 0; offset < kernel.get(axis); offset++) {
          finer.add(g.slice(tap, axis + 2, offset, places.size(axis + 2), window.strides().get(axis)));
        }
      }
      taps = finer;
    }
    return taps.stream().reduce(g::larger).orElseThrow();
  }

  @Override
  public List<Tensor> lower(Lowering lowering, List<Tensor> inputs) {
    TensorType type = infer(List.of(inputs.getFirst().type())).getFirst();
    Attributes attributes = window.attributes().and("kernel_shape", kernel);
    return List.of(lowering.kernel("MaxPool", attributes, type, inputs.getFirst()));
  }
}
