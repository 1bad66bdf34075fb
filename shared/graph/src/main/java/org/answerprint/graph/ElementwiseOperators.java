package org.answerprint.graph;

import org.answerprint.graph.Binary.Arithmetic;
import org.answerprint.graph.Comparison.Question;
import org.answerprint.graph.Unary.Function;

/** What happens to elements one by one, and the constants it needs. Pairs broadcast from the last axis, as in NumPy. */
interface ElementwiseOperators {

  /** The first output of an operator on these inputs, at this builder's place. */
  Tensor apply(Operator operator, Tensor... inputs);

  /** One number of this type. */
  Tensor scalar(ElementType element, double value);

  private Tensor unary(Function function, Tensor x) {
    return apply(new Unary(function), x);
  }

  private Tensor binary(Arithmetic arithmetic, Tensor a, Tensor b) {
    return apply(new Binary(arithmetic), a, b);
  }

  private Tensor like(Tensor x, double value) {
    return scalar(x.element(), value);
  }

  /** {@code a + b}. */
  default Tensor add(Tensor a, Tensor b) {
    return binary(Arithmetic.ADD, a, b);
  }

  /** {@code a + b}. */
  default Tensor add(Tensor a, double b) {
    return add(a, like(a, b));
  }

  /** {@code a - b}. */
  default Tensor subtract(Tensor a, Tensor b) {
    return binary(Arithmetic.SUBTRACT, a, b);
  }

  /** {@code a - b}. */
  default Tensor subtract(double a, Tensor b) {
    return subtract(like(b, a), b);
  }

  /** {@code a * b}, element by element. */
  default Tensor multiply(Tensor a, Tensor b) {
    return binary(Arithmetic.MULTIPLY, a, b);
  }

  /** {@code a * b}; a itself for 1. */
  default Tensor multiply(Tensor a, double b) {
    return b == 1 ? a : multiply(a, like(a, b));
  }

  /** {@code a / b}; the operands are floating. */
  default Tensor divide(Tensor a, Tensor b) {
    return binary(Arithmetic.DIVIDE, a, b);
  }

  /** {@code a / b}. */
  default Tensor divide(Tensor a, double b) {
    return divide(a, like(a, b));
  }

  /** The larger of each pair. */
  default Tensor larger(Tensor a, Tensor b) {
    return binary(Arithmetic.LARGER, a, b);
  }

  /** The smaller of each pair. */
  default Tensor smaller(Tensor a, Tensor b) {
    return binary(Arithmetic.SMALLER, a, b);
  }

  /** {@code x * x}. */
  default Tensor square(Tensor x) {
    return multiply(x, x);
  }

  /** {@code -x}. */
  default Tensor negate(Tensor x) {
    return unary(Function.NEGATE, x);
  }

  /** x without its sign. */
  default Tensor absolute(Tensor x) {
    return unary(Function.ABSOLUTE, x);
  }

  /** e to the x. */
  default Tensor exp(Tensor x) {
    return unary(Function.EXP, x);
  }

  /** The natural logarithm. */
  default Tensor log(Tensor x) {
    return unary(Function.LOG, x);
  }

  /** The square root. */
  default Tensor sqrt(Tensor x) {
    return unary(Function.SQRT, x);
  }

  /** {@code 1 / x}. */
  default Tensor reciprocal(Tensor x) {
    return unary(Function.RECIPROCAL, x);
  }

  /** The sine of x in radians. */
  default Tensor sin(Tensor x) {
    return unary(Function.SIN, x);
  }

  /** The cosine of x in radians. */
  default Tensor cos(Tensor x) {
    return unary(Function.COS, x);
  }

  /** The hyperbolic tangent. */
  default Tensor tanh(Tensor x) {
    return unary(Function.TANH, x);
  }

  /** {@code 1 / (1 + exp(-x))}. */
  default Tensor sigmoid(Tensor x) {
    return unary(Function.SIGMOID, x);
  }

  /** The error function. */
  default Tensor erf(Tensor x) {
    return unary(Function.ERF, x);
  }

  /** x where it is positive, else 0. */
  default Tensor relu(Tensor x) {
    return unary(Function.RELU, x);
  }

  /** {@code x sigmoid(x)}, also called swish. */
  default Tensor silu(Tensor x) {
    return unary(Function.SILU, x);
  }

  /** {@code x sigmoid(1.702 x)}, CLIP's. */
  default Tensor quickGelu(Tensor x) {
    return unary(Function.QUICK_GELU, x);
  }

  /** {@code x P(x)} with the normal distribution P: the exact form, by the error function. */
  default Tensor gelu(Tensor x) {
    return unary(Function.GELU, x);
  }

  /** Whether x does not hold; BOOL. */
  default Tensor not(Tensor x) {
    return unary(Function.NOT, x);
  }

  /** Whether {@code a < b}; BOOL. */
  default Tensor less(Tensor a, Tensor b) {
    return apply(new Comparison(Question.LESS), a, b);
  }

  /** Whether {@code a < b}; BOOL. */
  default Tensor less(Tensor a, double b) {
    return less(a, like(a, b));
  }

  /** Whether {@code a > b}; BOOL. */
  default Tensor greater(Tensor a, Tensor b) {
    return apply(new Comparison(Question.GREATER), a, b);
  }

  /** Whether {@code a > b}; BOOL. */
  default Tensor greater(Tensor a, double b) {
    return greater(a, like(a, b));
  }

  /** Whether {@code a = b}; BOOL. */
  default Tensor equal(Tensor a, Tensor b) {
    return apply(new Comparison(Question.EQUAL), a, b);
  }

  /** Whether both hold; BOOL. */
  default Tensor and(Tensor a, Tensor b) {
    return apply(new Comparison(Question.AND), a, b);
  }

  /** Whether one or both hold; BOOL. */
  default Tensor or(Tensor a, Tensor b) {
    return apply(new Comparison(Question.OR), a, b);
  }

  /** {@code a} where the condition holds, else {@code b}. */
  default Tensor where(Tensor condition, Tensor a, Tensor b) {
    return apply(new Where(), condition, a, b);
  }

  /** The same numbers as another element type; x itself where it has that type. */
  default Tensor cast(Tensor x, ElementType element) {
    return x.element() == element ? x : apply(new Cast(element), x);
  }
}
