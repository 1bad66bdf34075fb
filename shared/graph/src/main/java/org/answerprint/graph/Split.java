package org.answerprint.graph;

import java.util.List;
import java.util.stream.IntStream;

/** Stretches of an axis, of these lengths, one output each. dX = the outputs' gradients one after another. */
record Split(int axis, List<Long> lengths) implements Operator {

  Split {
    lengths = List.copyOf(lengths);
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Types.requireInputs(inputs, 1, 1);
    TensorType x = inputs.getFirst();
    long sum = lengths.stream().mapToLong(Long::longValue).sum();
    Types.require(x.shape().dim(axis).is(sum), "lengths %s do not make up axis %d of %s", lengths, axis, x);
    return lengths.stream().map(length -> x.shaped(x.shape().with(axis, length))).toList();
  }

  @Override
  public void differentiate(Backward backward) {
    backward.give(0, () -> {
      List<Tensor> parts = IntStream.range(0, lengths.size()).mapToObj(part -> backward.gradient(part)).toList();
      return backward.g().concat(axis, parts);
    });
  }

  @Override
  public List<Tensor> lower(Lowering lowering, List<Tensor> inputs) {
    Tensor x = inputs.getFirst();
    Tensor sizes = lowering.g().integers(lengths.stream().mapToLong(Long::longValue).toArray());
    return lowering.kernels("Split", Attributes.of("axis", axis), infer(List.of(x.type())), x, sizes);
  }
}
