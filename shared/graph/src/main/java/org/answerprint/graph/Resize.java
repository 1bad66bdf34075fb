package org.answerprint.graph;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * The spatial axes of x {@code [B, C, s...]} at other lengths. Along each axis the result is a matrix {@code [new, old]} times
 * the old elements, so dX is dY times that matrix's transpose, axis by axis; where nearest enlarges by whole numbers that is
 * the sum over each cell.
 *
 * @param lengths the new ones of the spatial axes
 */
record Resize(Interpolation interpolation, List<Long> lengths) implements Operator {

  Resize {
    lengths = List.copyOf(lengths);
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Types.requireInputs(inputs, 1, 1);
    TensorType x = inputs.getFirst();
    Types.requireFloating(x, "resizing");
    Types.require(x.shape().rank() == lengths.size() + 2, "%s has not %d spatial axes", x, lengths.size());
    LongStream.range(2, x.shape().rank()).forEach(axis -> x.shape().size((int) axis));
    return List.of(x.shaped(x.shape().part(0, 2).followedBy(new Shape(lengths.stream().map(Dim::of).toList()))));
  }

  @Override
  public void differentiate(Backward backward) {
    backward.give(0, () -> {
      Shape input = backward.inputType(0).shape();
      return isEnlargingByWholes(input) ? cellSums(backward.g(), backward.gradient(), input)
          : throughMatrices(backward.g(), backward.gradient(), input);
    });
  }

  private boolean isEnlargingByWholes(Shape input) {
    return interpolation == Interpolation.NEAREST
        && IntStream.range(0, lengths.size()).allMatch(axis -> lengths.get(axis) % input.size(axis + 2) == 0);
  }

  private Tensor cellSums(GraphBuilder g, Tensor dy, Shape input) {
    Shape cells = input.part(0, 2);
    int[] within = new int[lengths.size()];
    for (int axis = 0; axis < lengths.size(); axis++) {
      long old = input.size(axis + 2);
      cells = cells.followedBy(Shape.of(old, lengths.get(axis) / old));
      within[axis] = 3 + 2 * axis;
    }
    return g.sum(g.reshape(dy, cells), within);
  }

  private Tensor throughMatrices(GraphBuilder g, Tensor dy, Shape input) {
    Tensor dx = dy;
    for (int axis = 2; axis < dy.rank(); axis++) {
      double[][] weights = interpolation.matrix(Math.toIntExact(lengths.get(axis - 2)), Math.toIntExact(input.size(axis)));
      Tensor matrix = g.constant(dy.element(), Shape.of(weights.length, weights[0].length),
          IntStream.range(0, weights.length).boxed().flatMapToDouble(row -> Arrays.stream(weights[row])).toArray());
      dx = g.swapAxes(g.matMul(g.swapAxes(dx, axis, -1), matrix), axis, -1);
    }
    return dx;
  }

  @Override
  public List<Tensor> lower(Lowering lowering, List<Tensor> inputs) {
    GraphBuilder g = lowering.g();
    Tensor x = inputs.getFirst();
    TensorType type = infer(List.of(x.type())).getFirst();
    Attributes attributes = interpolation.attributes();
    if (isEnlargingByWholes(x.shape())) {
      double[] scales = new double[x.rank()];
      for (int axis = 0; axis < scales.length; axis++) {
        scales[axis] = axis < 2 ? 1 : lengths.get(axis - 2) / x.size(axis);
      }
      Tensor factors = g.constant(ElementType.FLOAT, Shape.of(scales.length), scales);
      return List.of(lowering.kernelAt("Resize", attributes, List.of(0, 2), type, x, factors));
    }
    Tensor sizes = type.shape().isKnown() ? g.integers(type.shape().sizes()) : lowering.sizes(type.shape());
    return List.of(lowering.kernelAt("Resize", attributes, List.of(0, 3), type, x, sizes));
  }
}
