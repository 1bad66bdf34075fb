package org.answerprint.graph;

import java.util.List;

/**
 * x {@code [..., C]} with mean 0 and variance 1 over the last axis, times scale {@code [C]}, plus shift {@code [C]}. Scale and
 * shift may be FLOAT where x is FLOAT16; the arithmetic is then FLOAT. With n the normalised values and g = scale * dY:
 * dX = (g - mean(g) - n * mean(g * n)) / deviation, means over the last axis; dscale = dY * n and dshift = dY, both summed
 * over all axes but the last.
 */
record LayerNorm(double epsilon) implements Operator {

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Types.requireInputs(inputs, 3, 3);
    TensorType x = inputs.getFirst();
    Types.requireFloating(x, "layer normalisation");
    Types.requireRank(x, 1, "layer normalisation");
    requireAffine(inputs, x.shape().dim(-1));
    return List.of(x);
  }

  static void requireAffine(List<TensorType> inputs, Dim channels) {
    Types.requireShape(inputs.get(1), Shape.of(channels), "the scale");
    Types.requireShape(inputs.get(2), Shape.of(channels), "the shift");
    Types.requireSameElement(inputs.subList(1, 3));
    ElementType x = inputs.getFirst().element();
    ElementType affine = inputs.get(1).element();
    Types.require(affine == x || x == ElementType.FLOAT16 && affine == ElementType.FLOAT,
        "scale and shift are of x's type or FLOAT, found %s for %s", affine, x);
  }

  @Override
  public void differentiate(Backward backward) {
    GraphBuilder g = backward.g();
    ElementType work = backward.inputType(1).element();
    Tensor x = g.cast(backward.input(0), work);
    Tensor dy = g.cast(backward.gradient(), work);
    Normalised normalised = Normalised.of(g, x, epsilon, -1);
    backward.give(0, () -> g.cast(normalised.gradient(g, g.multiply(dy, backward.input(1))), backward.inputType(0).element()));
    backward.give(1, () -> g.multiply(dy, normalised.values()));
    backward.give(2, () -> dy);
  }

  @Override
  public List<Tensor> lower(Lowering lowering, List<Tensor> inputs) {
    GraphBuilder g = lowering.g();
    Tensor x = inputs.getFirst();
    Tensor wide = g.cast(x, inputs.get(1).element());
    Tensor y = lowering.target() == Target.CPU
        ? g.add(g.multiply(Normalised.runs(lowering, wide, epsilon), inputs.get(1)), inputs.get(2))
        : lowering.kernel("LayerNormalization", Attributes.of("axis", -1).and("epsilon", epsilon), wide.type(), wide, inputs.get(1),
            inputs.get(2));
    return List.of(g.cast(y, x.element()));
  }
}
