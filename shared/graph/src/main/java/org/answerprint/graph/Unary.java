package org.answerprint.graph;

import java.util.List;

/**
 * A function of each element; the shape stays. With y = f(x), dX = dY * f'(x), where f' is, function by function:
 * negate -1, absolute the sign of x, exp y, log 1/x, sqrt 1/(2y), reciprocal -y^2, sin cos x, cos -sin x, tanh 1 - y^2,
 * sigmoid y(1 - y), erf 2/sqrt(pi) exp(-x^2), relu 1 where x > 0 and else 0, silu s + x s(1 - s) with s = sigmoid(x),
 * quick gelu s + 1.702 x s(1 - s) with s = sigmoid(1.702 x), gelu P(x) + x p(x) with the normal distribution P and its
 * density p. {@code not} has none.
 */
record Unary(Function function) implements Operator {

  static final double QUICK_GELU = 1.702;

  enum Function {
    NEGATE("Neg"), ABSOLUTE("Abs"), EXP("Exp"), LOG("Log"), SQRT("Sqrt"), RECIPROCAL("Reciprocal"), SIN("Sin"), COS("Cos"),
    TANH("Tanh"), SIGMOID("Sigmoid"), ERF("Erf"), RELU("Relu"), SILU("Sigmoid"), QUICK_GELU("Sigmoid"), GELU("Gelu"),
    NOT("Not");

    private final String onnx;

    Function(String onnx) {
      this.onnx = onnx;
    }
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Types.requireInputs(inputs, 1, 1);
    boolean logic = function == Function.NOT;
    Types.require(inputs.getFirst().element().isFloating() != logic, "%s does not take %s", function, inputs.getFirst());
    return inputs;
  }

  @Override
  public void differentiate(Backward backward) {
    if (function != Function.NOT) {
      backward.give(0, () -> backward.g().multiply(backward.gradient(), slope(backward.g(), backward)));
    }
  }

  private Tensor slope(GraphBuilder g, Backward backward) {
    Tensor x = backward.input(0);
    return switch (function) {
      case NEGATE -> g.scalar(x.element(), -1);
      case ABSOLUTE -> g.where(g.less(x, 0), g.scalar(x.element(), -1), g.scalar(x.element(), 1));
      case EXP -> backward.output(0);
      case LOG -> g.reciprocal(x);
      case SQRT -> g.multiply(g.reciprocal(backward.output(0)), 0.5);
      case RECIPROCAL -> g.negate(g.square(backward.output(0)));
      case SIN -> g.cos(x);
      case COS -> g.negate(g.sin(x));
      case TANH -> g.subtract(1, g.square(backward.output(0)));
      case SIGMOID -> g.multiply(backward.output(0), g.subtract(1, backward.output(0)));
      case ERF -> g.multiply(g.exp(g.negate(g.square(x))), 2 / Math.sqrt(Math.PI));
      case RELU -> g.cast(g.greater(x, 0), x.element());
      case SILU -> sigmoidSlope(g, x, 1);
      case QUICK_GELU -> sigmoidSlope(g, x, QUICK_GELU);
      case GELU -> g.add(normalDistribution(g, x), g.multiply(x, normalDensity(g, x)));
      case NOT -> throw new IllegalStateException("not has no slope");
    };
  }

  /** Of x sigmoid(ax). */
  private static Tensor sigmoidSlope(GraphBuilder g, Tensor x, double a) {
    Tensor ax = a == 1 ? x : g.multiply(x, a);
    Tensor s = g.sigmoid(ax);
    return g.multiply(s, g.add(g.multiply(ax, g.subtract(1, s)), 1));
  }

  private static Tensor normalDistribution(GraphBuilder g, Tensor x) {
    return g.multiply(g.add(g.erf(g.multiply(x, Math.sqrt(0.5))), 1), 0.5);
  }

  private static Tensor normalDensity(GraphBuilder g, Tensor x) {
    return g.multiply(g.exp(g.multiply(g.square(x), -0.5)), 1 / Math.sqrt(2 * Math.PI));
  }

  @Override
  public List<Tensor> lower(Lowering lowering, List<Tensor> inputs) {
    Tensor x = inputs.getFirst();
    return List.of(switch (function) {
      case SILU -> gated(lowering.g(), x, 1);
      case QUICK_GELU -> gated(lowering.g(), x, QUICK_GELU);
      case GELU -> x.element() == ElementType.DOUBLE ? lowering.g().multiply(x, normalDistribution(lowering.g(), x))
          : lowering.kernel(function.onnx, Attributes.NONE, x.type(), x);
      default -> lowering.kernel(function.onnx, Attributes.NONE, x.type(), x);
    });
  }

  /** x sigmoid(ax), which ONNX Runtime joins to one kernel by itself. */
  private static Tensor gated(GraphBuilder g, Tensor x, double a) {
    Tensor ax = a == 1 ? x : g.multiply(x, a);
    // The kernel it joins them to does not exist for double, but is chosen all the same.
    return x.element() == ElementType.DOUBLE ? g.divide(x, g.add(g.exp(g.negate(ax)), 1)) : g.multiply(x, g.sigmoid(ax));
  }
}
