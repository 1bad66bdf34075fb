package org.answerprint.graph;

import java.util.ArrayList;
import java.util.List;

/**
 * A layer as PyTorch stores it: x {@code [..., in]}, weight {@code [out, in]}, optional bias {@code [out]}, giving
 * x W^T + b {@code [..., out]}. With X and dY as matrices {@code [rows, in]} and {@code [rows, out]}: dX = dY x W,
 * dW = dY^T x X, db = dY summed over the rows.
 */
record Linear() implements Operator {

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Types.requireInputs(inputs, 2, 3);
    Types.requireSameElement(inputs);
    TensorType x = inputs.getFirst();
    Shape weight = inputs.get(1).shape();
    Types.requireRank(x, 1, "a linear layer");
    Types.require(weight.rank() == 2 && weight.dim(1).equals(x.shape().dim(-1)),
        "a linear layer of %s wants a weight [out, %s], found %s", x, x.shape().dim(-1), weight);
    if (inputs.size() == 3) {
      Types.requireShape(inputs.get(2), Shape.of(weight.dim(0)), "the bias");
    }
    return List.of(x.shaped(x.shape().with(-1, weight.dim(0))));
  }

  @Override
  public void differentiate(Backward backward) {
    GraphBuilder g = backward.g();
    Tensor dy = backward.gradient();
    backward.give(0, () -> dy.rank() == 1
        ? g.reshape(g.matMul(rows(g, dy), backward.input(1)), backward.inputType(0).shape())
        : g.matMul(dy, backward.input(1)));
    backward.give(1, () -> g.matMul(rows(g, dy), true, rows(g, backward.input(0)), false));
    backward.give(2, () -> g.sum(rows(g, dy), 0));
  }

  private static Tensor rows(GraphBuilder g, Tensor x) {
    return x.rank() == 2 ? x : g.reshape(x, Shape.of(x.shape().part(0, x.rank() - 1).elements(), x.dim(-1)));
  }

  /** A Gemm, which reads the weight as it is stored. */
  @Override
  public List<Tensor> lower(Lowering lowering, List<Tensor> inputs) {
    GraphBuilder g = lowering.g();
    Tensor x = inputs.getFirst();
    TensorType type = infer(inputs.stream().map(Tensor::type).toList()).getFirst();
    List<Tensor> flat = new ArrayList<>(inputs);
    flat.set(0, rows(g, x));
    TensorType matrix = type.shaped(Shape.of(flat.getFirst().dim(0), type.shape().dim(-1)));
    Tensor product = lowering.kernel("Gemm", Attributes.of("transB", 1), matrix, flat.toArray(Tensor[]::new));
    return List.of(g.reshape(product, type.shape()));
  }
}
