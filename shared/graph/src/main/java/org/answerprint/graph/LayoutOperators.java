package org.answerprint.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** What moves, joins, picks and sums elements. Negative axes count from the last. */
interface LayoutOperators extends ElementwiseOperators {

  /** All outputs of an operator on these inputs, at this builder's place. */
  List<Tensor> applyAll(Operator operator, Tensor... inputs);

  /** The same elements in order along axes of these lengths; 0 keeps x's length of that axis, one -1 follows from the rest. */
  default Tensor reshape(Tensor x, long... lengths) {
    return reshape(x, Lengths.resolve(x.shape(), lengths));
  }

  /** The same elements in order along these axes; x itself where it has them. */
  default Tensor reshape(Tensor x, Shape shape) {
    return x.shape().equals(shape) ? x : apply(new Reshape(shape), x);
  }

  /** Axes in another order: axis i of the result is axis {@code order[i]} of x. */
  default Tensor transpose(Tensor x, int... order) {
    return apply(new Transpose(Arrays.stream(order).boxed().toList()), x);
  }

  /** Two axes in each other's place. */
  default Tensor swapAxes(Tensor x, int a, int b) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, x.rank()).boxed().toList());
    Collections.swap(order, x.shape().axis(a), x.shape().axis(b));
    return x.shape().axis(a) == x.shape().axis(b) ? x : apply(new Transpose(order), x);
  }

  /** The transpose of matrices. */
  default Tensor swapLastAxes(Tensor x) {
    return swapAxes(x, -2, -1);
  }

  /** An axis of length 1 put in before the given one; -1 puts it last. */
  default Tensor unsqueeze(Tensor x, int axis) {
    int at = axis < 0 ? axis + x.rank() + 1 : axis;
    return reshape(x, x.shape().part(0, at).followedBy(Shape.of(1)).followedBy(x.shape().part(at, x.rank())));
  }

  /** An axis of length 1 taken out. */
  default Tensor squeeze(Tensor x, int axis) {
    int at = x.shape().axis(axis);
    return reshape(x, x.shape().part(0, at).followedBy(x.shape().part(at + 1, x.rank())));
  }

  /** One after another along an axis. */
  default Tensor concat(int axis, Tensor... parts) {
    return concat(axis, List.of(parts));
  }

  /** One after another along an axis; the part itself where there is one. */
  default Tensor concat(int axis, List<Tensor> parts) {
    return parts.size() == 1 ? parts.getFirst()
        : apply(new Concat(parts.getFirst().shape().axis(axis)), parts.toArray(Tensor[]::new));
  }

  /** Stretches of these lengths along an axis. */
  default List<Tensor> split(Tensor x, int axis, long... lengths) {
    return applyAll(new Split(x.shape().axis(axis), Arrays.stream(lengths).boxed().toList()), x);
  }

  /** So many equal stretches along an axis. */
  default List<Tensor> chunk(Tensor x, int axis, int parts) {
    long[] lengths = new long[parts];
    Arrays.fill(lengths, x.size(axis) / parts);
    return split(x, axis, lengths);
  }

  /** So many elements of an axis from a start. */
  default Tensor slice(Tensor x, int axis, long start, long count) {
    return slice(x, axis, start, count, 1);
  }

  /** So many elements of an axis from a start, every step-th; x itself where that is all. */
  default Tensor slice(Tensor x, int axis, long start, long count, long step) {
    boolean whole = start == 0 && step == 1 && x.dim(axis).is(count);
    return whole ? x : apply(new Slice(x.shape().axis(axis), start, count, step), x);
  }

  /** One axis from its last element to its first. */
  default Tensor flip(Tensor x, int axis) {
    return apply(new Flip(x.shape().axis(axis)), x);
  }

  /** Elements of one axis by INT64 indices, whose axes take its place. */
  default Tensor gather(Tensor x, int axis, Tensor indices) {
    return apply(new Gather(x.shape().axis(axis)), x, indices);
  }

  /** So many elements of a value before and after each axis. */
  default Tensor pad(Tensor x, List<Long> before, List<Long> after, double value) {
    boolean nothing = before.stream().allMatch(n -> n == 0) && after.stream().allMatch(n -> n == 0);
    return nothing ? x : apply(new Pad(before, after, value), x);
  }

  /** Repeated along axes of length 1 and along new first axes; x itself where it has that shape. */
  default Tensor expand(Tensor x, Shape shape) {
    return x.shape().equals(shape) ? x : apply(new Expand(shape), x);
  }

  /** The spatial axes of {@code [B, C, s...]} at other lengths. */
  default Tensor resize(Tensor x, Interpolation interpolation, long... lengths) {
    return apply(new Resize(interpolation, Arrays.stream(lengths).boxed().toList()), x);
  }

  /** The sum over these axes, which go; x itself without any. */
  default Tensor sum(Tensor x, int... axes) {
    return reduce(x, false, false, axes);
  }

  /** The sum over these axes, which stay with length 1. */
  default Tensor sumKeeping(Tensor x, int... axes) {
    return reduce(x, false, true, axes);
  }

  /** The mean over these axes, which go; x itself without any. */
  default Tensor mean(Tensor x, int... axes) {
    return reduce(x, true, false, axes);
  }

  /** The mean over these axes, which stay with length 1. */
  default Tensor meanKeeping(Tensor x, int... axes) {
    return reduce(x, true, true, axes);
  }

  private Tensor reduce(Tensor x, boolean mean, boolean keep, int... axes) {
    List<Integer> counted = Arrays.stream(axes).map(x.shape()::axis).boxed().toList();
    return counted.isEmpty() ? x : apply(new Reduce(mean, counted, keep), x);
  }

  /** The mean over all axes: one number. */
  default Tensor meanOfAll(Tensor x) {
    return mean(x, IntStream.range(0, x.rank()).toArray());
  }

  /** The sum over all axes: one number. */
  default Tensor sumOfAll(Tensor x) {
    return sum(x, IntStream.range(0, x.rank()).toArray());
  }

  /** Where the largest element stands along an axis, which goes; INT64. */
  default Tensor argMax(Tensor x, int axis) {
    return apply(new ArgMax(x.shape().axis(axis)), x);
  }

  /** Exponentials that sum to 1 along an axis. */
  default Tensor softmax(Tensor x, int axis) {
    return apply(new Softmax(x.shape().axis(axis)), x);
  }
}
