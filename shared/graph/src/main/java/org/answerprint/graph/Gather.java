package org.answerprint.graph;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Elements of one axis by INT64 indices, which count from 0: x {@code [before..., n, after...]} and indices {@code [i...]} give
 * {@code [before..., i..., after...]}. dX = the one-hot matrix {@code [n, i]} of the indices times dY with the gathered axes as
 * one: what was gathered twice gets both gradients.
 */
record Gather(int axis) implements Operator {

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Types.requireInputs(inputs, 2, 2);
    TensorType x = inputs.getFirst();
    TensorType indices = inputs.getLast();
    Types.require(indices.element() == ElementType.INT64, "indices are INT64, found %s", indices);
    Shape shape = x.shape();
    return List.of(x.shaped(shape.part(0, shape.axis(axis)).followedBy(indices.shape())
        .followedBy(shape.part(axis + 1, shape.rank()))));
  }

  @Override
  public void differentiate(Backward backward) {
    backward.give(0, () -> {
      GraphBuilder g = backward.g();
      Shape input = backward.inputType(0).shape();
      Dim picked = backward.inputType(1).shape().elements();
      Tensor dy = g.reshape(backward.gradient(), Shape.of(input.part(0, axis).elements(), picked,
          input.part(axis + 1, input.rank()).elements()));
      long[] numbers = IntStream.range(0, Math.toIntExact(input.size(axis))).asLongStream().toArray();
      Tensor rows = g.reshape(g.integers(numbers), numbers.length, 1);
      Tensor oneHot = g.equal(rows, g.reshape(backward.input(1), Shape.of(Dim.of(1), picked)));
      return g.reshape(g.matMul(g.cast(oneHot, dy.element()), dy), input);
    });
  }

  @Override
  public List<Tensor> lower(Lowering lowering, List<Tensor> inputs) {
    TensorType type = infer(inputs.stream().map(Tensor::type).toList()).getFirst();
    return List.of(lowering.kernel("Gather", Attributes.of("axis", axis), type, inputs.getFirst(), inputs.getLast()));
  }
}
