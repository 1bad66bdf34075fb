package org.answerprint.graph;

import java.util.List;

/**
 * The product of the last two axes, {@code [..., n, k] x [..., k, m] -> [..., n, m]}, of either operand transposed on
 * request ({@code [..., k, n]} and {@code [..., m, k]}); the axes before them are broadcast. Untransposed, dA = dY x B^T and
 * dB = A^T x dY; a transposed operand's gradient is the transpose of that. Each is summed over the axes it was broadcast
 * along.
 */
record MatMul(boolean transposeLeft, boolean transposeRight) implements Operator {

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Types.requireInputs(inputs, 2, 2);
    Types.requireSameElement(inputs);
    inputs.forEach(input -> Types.requireRank(input, 2, "a matrix product"));
    Shape a = inputs.getFirst().shape();
    Shape b = inputs.getLast().shape();
    Dim k = a.dim(transposeLeft ? -2 : -1);
    Types.require(k.equals(b.dim(transposeRight ? -1 : -2)), "the inner axes of %s and %s differ", a, b);
    Shape outer = Shape.broadcast(a.part(0, a.rank() - 2), b.part(0, b.rank() - 2));
    Shape inner = Shape.of(a.dim(transposeLeft ? -1 : -2), b.dim(transposeRight ? -2 : -1));
    return List.of(inputs.getFirst().shaped(outer.followedBy(inner)));
  }

  @Override
  public void differentiate(Backward backward) {
    GraphBuilder g = backward.g();
    Tensor dy = backward.gradient();
    backward.give(0, () -> transposeLeft
        ? g.matMul(backward.input(1), transposeRight, dy, true)
        : g.matMul(dy, false, backward.input(1), !transposeRight));
    backward.give(1, () -> transposeRight
        ? g.matMul(dy, true, backward.input(0), transposeLeft)
        : g.matMul(backward.input(0), !transposeLeft, dy, false));
  }

  /** With a transposed operand, ONNX Runtime's FusedMatMul; in standard operators, Transpose and MatMul. */
  @Override
  public List<Tensor> lower(Lowering lowering, List<Tensor> inputs) {
    Tensor a = inputs.getFirst();
    Tensor b = inputs.getLast();
    TensorType type = infer(List.of(a.type(), b.type())).getFirst();
    if (!transposeLeft && !transposeRight) {
      return List.of(lowering.kernel("MatMul", Attributes.NONE, type, a, b));
    }
    if (lowering.isStandard() || a.element() != ElementType.FLOAT) {
      GraphBuilder g = lowering.g();
      return List.of(g.matMul(transposeLeft ? g.swapLastAxes(a) : a, transposeRight ? g.swapLastAxes(b) : b));
    }
    Attributes flags = Attributes.of("transA", transposeLeft ? 1 : 0).and("transB", transposeRight ? 1 : 0);
    return List.of(lowering.microsoft("FusedMatMul", flags, type, a, b));
  }
}
