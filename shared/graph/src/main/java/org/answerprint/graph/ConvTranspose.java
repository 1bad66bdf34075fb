package org.answerprint.graph;

import java.util.List;

/**
 * The convolution that undoes another's moves: x {@code [B, Cin, s...]}, weight {@code [Cin, Cout/groups, k...]}, optional
 * bias {@code [Cout]}, giving {@code [B, Cout, (s - 1) stride - padding + k + remainder...]}. dX is the convolution of dY with
 * the same weight, strides and padding; dW is that convolution's weight gradient with x in the place of its output's gradient
 * and dY in that of its input; db is dY summed over all axes but the channels'.
 *
 * @param remainders places added after the last element of each axis, fewer than its stride
 */
record ConvTranspose(Window window, List<Long> remainders, long groups) implements Operator {

  ConvTranspose {
    remainders = List.copyOf(remainders);
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Types.requireInputs(inputs, 2, 3);
    Types.requireSameElement(inputs);
    TensorType x = inputs.getFirst();
    Shape weight = inputs.get(1).shape();
    int axes = window.axes();
    Types.require(x.shape().rank() == axes + 2, "a convolution over %d axes wants an input of %d, found %s", axes, axes + 2, x);
    long channels = x.shape().size(1);
    Types.require(weight.rank() == axes + 2 && weight.dim(0).is(channels) && channels % groups == 0,
        "a transposed convolution of %d channels in %d groups wants a weight [%d, ...], found %s", channels, groups, channels,
        weight);
    Dim out = weight.dim(1).times(groups);
    if (inputs.size() == 3) {
      Types.requireShape(inputs.get(2), Shape.of(out), "the bias");
    }
    Shape shape = Shape.of(x.shape().dim(0), out);
    for (int axis = 0; axis < axes; axis++) {
      long reach = (x.shape().size(axis + 2) - 1) * window.strides().get(axis) + weight.size(axis + 2);
      shape = shape.followedBy(
          Shape.of(reach - window.before().get(axis) - window.after().get(axis) + remainders.get(axis)));
    }
    return List.of(x.shaped(shape));
  }

  @Override
  public void differentiate(Backward backward) {
    GraphBuilder g = backward.g();
    Tensor dy = backward.gradient();
    backward.give(0, () -> g.conv(dy, backward.input(1), window, groups));
    backward.give(1, () -> Conv.weightGradient(g, dy, backward.input(0), Conv.kernel(backward.inputType(1).shape()), window,
        groups));
    backward.give(2, () -> g.sum(dy, Conv.allButChannels(dy.rank())));
  }

  @Override
  public List<Tensor> lower(Lowering lowering, List<Tensor> inputs) {
    TensorType type = infer(inputs.stream().map(Tensor::type).toList()).getFirst();
    Attributes attributes = window.attributes().and("group", groups).and("output_padding", remainders)
        .and("kernel_shape", Conv.kernel(inputs.get(1).shape()));
    return List.of(lowering.kernel("ConvTranspose", attributes, type, inputs.toArray(Tensor[]::new)));
  }
}
