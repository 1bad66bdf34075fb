package org.answerprint.graph;

import java.util.ArrayList;
import java.util.List;

/**
 * Convolution over any number of spatial axes: x {@code [B, Cin, s...]}, weight {@code [Cout, Cin/groups, k...]}, optional
 * bias {@code [Cout]}, giving {@code [B, Cout, (s + padding - k)/stride + 1...]}.
 *
 * <p>dX is, at stride 1, the convolution of dY with the weight flipped along its kernel axes and its channel axes swapped
 * within each group, or, where memory is short, that of the flipped dY with the weight swapped alone, flipped back; with a
 * kernel of one place the product W^T x dY over the channels; else the transposed convolution of dY with the weight. dW is a
 * product over batch and places of dY {@code [B, Cout, places]} with the windows of x {@code [B, Cin k, places]}, which a
 * depthwise convolution with one-hot kernels lays out. db is dY summed over all axes but the channels'. (Why so many forms: the
 * module's rationale.)
 */
record Conv(Window window, long groups) implements Operator {

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Types.requireInputs(inputs, 2, 3);
    Types.requireSameElement(inputs);
    TensorType x = inputs.getFirst();
    Shape weight = inputs.get(1).shape();
    int axes = window.axes();
    Types.require(x.shape().rank() == axes + 2, "a convolution over %d axes wants an input of %d, found %s", axes, axes + 2, x);
    long channels = x.shape().size(1);
    Types.require(channels % groups == 0 && weight.rank() == axes + 2 && weight.dim(1).is(channels / groups)
            && weight.size(0) % groups == 0,
        "a convolution of %d channels in %d groups wants a weight [out, %d, ...], found %s", channels, groups, channels / groups,
        weight);
    if (inputs.size() == 3) {
      Types.requireShape(inputs.get(2), Shape.of(weight.dim(0)), "the bias");
    }
    Shape shape = Shape.of(x.shape().dim(0), weight.dim(0));
    for (int axis = 0; axis < axes; axis++) {
      shape = shape.followedBy(Shape.of(window.places(axis, x.shape().size(axis + 2), weight.size(axis + 2))));
    }
    return List.of(x.shaped(shape));
  }

  @Override
  public void differentiate(Backward backward) {
    GraphBuilder g = backward.g();
    Tensor dy = backward.gradient();
    backward.give(0, () -> inputGradient(backward, dy));
    backward.give(1, () -> weightGradient(g, backward.input(0), dy, kernel(backward.inputType(1).shape()), window, groups));
    backward.give(2, () -> g.sum(dy, allButChannels(dy.rank())));
  }

  private Tensor inputGradient(Backward backward, Tensor dy) {
    GraphBuilder g = backward.g();
    Shape input = backward.inputType(0).shape();
    List<Long> kernel = kernel(backward.inputType(1).shape());
    if (isPointwise(kernel)) {
      return throughMatrix(g, dy, backward.input(1), input);
    }
    Window turned = window.turned(kernel);
    if (!window.isDense() || turned.hasNegativePadding()) {
      return g.convTranspose(dy, backward.input(1), window, remainders(input, kernel), groups);
    }
    if (backward.recomputes()) {
      Tensor weight = swapped(g, backward.lateInput(1));
      return flipped(g, g.conv(flipped(g, dy), weight, turned.mirrored(), groups));
    }
    return g.conv(dy, swapped(g, flipped(g, backward.input(1))), turned, groups);
  }

  private boolean isPointwise(List<Long> kernel) {
    return groups == 1 && kernel.stream().allMatch(length -> length == 1) && window.equals(Window.of(kernel.size(), 1, 0, 0));
  }

  /** A pointwise convolution is a product over the channels, and reads the weight as it is stored. */
  private static Tensor throughMatrix(GraphBuilder g, Tensor dy, Tensor weight, Shape input) {
    Tensor matrix = g.reshape(weight, weight.size(0), weight.size(1));
    return g.reshape(g.matMul(matrix, true, g.reshape(dy, 0, 0, -1), false), input);
  }

  private List<Long> remainders(Shape input, List<Long> kernel) {
    List<Long> remainders = new ArrayList<>();
    for (int axis = 0; axis < kernel.size(); axis++) {
      long room = input.size(axis + 2) + window.before().get(axis) + window.after().get(axis) - kernel.get(axis);
      remainders.add(room % window.strides().get(axis));
    }
    return remainders;
  }

  /** From the last place to the first along every spatial axis. */
  private static Tensor flipped(GraphBuilder g, Tensor x) {
    Tensor flipped = x;
    for (int axis = 2; axis < x.rank(); axis++) {
      flipped = x.dim(axis).is(1) ? flipped : g.flip(flipped, axis);
    }
    return flipped;
  }

  /** The weight with its channel axes in each other's place within each group. */
  private Tensor swapped(GraphBuilder g, Tensor weight) {
    if (groups == 1) {
      return g.swapAxes(weight, 0, 1);
    }
    Shape shape = weight.shape();
    long out = shape.size(0);
    Shape grouped = Shape.of(groups, out / groups).followedBy(shape.part(1, shape.rank()));
    Tensor swapped = g.swapAxes(g.reshape(weight, grouped), 1, 2);
    return g.reshape(swapped, Shape.of(shape.size(1) * groups, out / groups).followedBy(shape.part(2, shape.rank())));
  }

  /**
   * The sum over batch and places of each output channel's gradient times each input in its window:
   * {@code [dy's channels, x's channels / groups, kernel...]}.
   */
  static Tensor weightGradient(GraphBuilder g, Tensor x, Tensor dy, List<Long> kernel, Window window, long groups) {
    long taps = kernel.stream().reduce(1L, Math::multiplyExact);
    long in = x.size(1);
    long out = dy.size(1);
    Tensor windows = taps == 1 && window.equals(Window.of(kernel.size(), 1, 0, 0)) ? x : windows(g, x, kernel, taps, window);
    Dim places = dy.shape().part(2, dy.rank()).elements();
    Dim rows = dy.dim(0);
    Tensor left = g.reshape(dy, Shape.of(rows, Dim.of(groups), Dim.of(out / groups), places));
    Tensor right = g.reshape(windows, Shape.of(rows, Dim.of(groups), Dim.of(in * taps / groups), places));
    Tensor product = g.matMul(left, false, right, true);
    Shape shape = Shape.of(out, in / groups);
    for (long length : kernel) {
      shape = shape.followedBy(Shape.of(length));
    }
    return g.reshape(rows.is(1) ? product : g.sum(product, 0), shape);
  }

  /** Every window of every channel, {@code [B, Cin k, places...]}: channel c's tap t is channel c k + t. */
  private static Tensor windows(GraphBuilder g, Tensor x, List<Long> kernel, long taps, Window window) {
    Shape taken = new Shape(kernel.stream().map(Dim::of).toList());
    Tensor oneHot = g.reshape(g.identity(x.element(), taps), Shape.of(1, taps, 1).followedBy(taken));
    long channels = x.size(1);
    Tensor everywhere = g.expand(oneHot, oneHot.shape().with(0, channels));
    return g.conv(x, g.reshape(everywhere, Shape.of(channels * taps, 1).followedBy(taken)), window, channels);
  }

  static List<Long> kernel(Shape weight) {
    return weight.part(2, weight.rank()).dims().stream().map(Dim::value).toList();
  }

  static int[] allButChannels(int rank) {
    int[] axes = new int[rank - 1];
    for (int axis = 1; axis < axes.length; axis++) {
      axes[axis] = axis + 1;
    }
    return axes;
  }

  @Override
  public List<Tensor> lower(Lowering lowering, List<Tensor> inputs) {
    TensorType type = infer(inputs.stream().map(Tensor::type).toList()).getFirst();
    Attributes attributes = window.attributes().and("group", groups).and("kernel_shape", kernel(inputs.get(1).shape()));
    return List.of(lowering.kernel("Conv", attributes, type, inputs.toArray(Tensor[]::new)));
  }
}
