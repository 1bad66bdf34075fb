package org.answerprint.graph;

import java.util.List;

/**
 * One kind of step. An operator is a value: two nodes with equal operators and the same inputs mean the same. Its Javadoc
 * states its axes and its vector-Jacobian product, with dY for the gradient that comes in.
 */
sealed interface Operator permits Source, Unary, Binary, Comparison, Where, Cast, MatMul, Linear, Conv, ConvTranspose, MaxPool,
    Softmax, LayerNorm, GroupNorm, Attention, Reduce, ArgMax, Reshape, Transpose, Concat, Split, Slice, Flip, Gather, Resize,
    Pad, Expand, Late, Kernel {

  /** The types of the outputs. Inputs that do not fit are refused with an {@link IllegalArgumentException} that says why. */
  List<TensorType> infer(List<TensorType> inputs);

  /** Gives each wanted input's share of the gradient to {@code backward}. */
  void differentiate(Backward backward);

  /** The same in ONNX's own operators ({@link Kernel}), or in simpler ones of ours that are lowered in turn. */
  List<Tensor> lower(Lowering lowering, List<Tensor> inputs);
}
