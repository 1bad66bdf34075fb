package org.answerprint.graph;

import java.util.List;

/**
 * Arithmetic on pairs of elements, broadcast from the last axis. With the sum over the axes along which an operand was
 * broadcast taken last: add dA = dY, dB = dY; subtract dA = dY, dB = -dY; multiply dA = dY * B, dB = dY * A; divide
 * dA = dY / B, dB = -dY * A / B^2; larger and smaller give dY to the chosen operand, the first one of a tie.
 */
record Binary(Arithmetic arithmetic) implements Operator {

  enum Arithmetic {
    ADD("Add"), SUBTRACT("Sub"), MULTIPLY("Mul"), DIVIDE("Div"), LARGER("Max"), SMALLER("Min");

    private final String onnx;

    Arithmetic(String onnx) {
      this.onnx = onnx;
    }
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Types.requireInputs(inputs, 2, 2);
    Types.requireSameElement(inputs);
    TensorType first = inputs.getFirst();
    Types.require(first.element() != ElementType.BOOL, "%s does not take BOOL", arithmetic);
    return List.of(first.shaped(Shape.broadcast(first.shape(), inputs.getLast().shape())));
  }

  @Override
  public void differentiate(Backward backward) {
    GraphBuilder g = backward.g();
    Tensor dy = backward.gradient();
    switch (arithmetic) {
      case ADD -> {
        backward.give(0, () -> dy);
        backward.give(1, () -> dy);
      }
      case SUBTRACT -> {
        backward.give(0, () -> dy);
        backward.give(1, () -> g.negate(dy));
      }
      case MULTIPLY -> {
        backward.give(0, () -> g.multiply(dy, backward.input(1)));
        backward.give(1, () -> g.multiply(dy, backward.input(0)));
      }
      case DIVIDE -> {
        backward.give(0, () -> g.divide(dy, backward.input(1)));
        backward.give(1, () -> g.negate(g.multiply(dy, g.divide(backward.input(0), g.square(backward.input(1))))));
      }
      case LARGER -> chosen(backward, g.less(backward.input(0), backward.input(1)));
      case SMALLER -> chosen(backward, g.greater(backward.input(0), backward.input(1)));
    }
  }

  private static void chosen(Backward backward, Tensor second) {
    GraphBuilder g = backward.g();
    Tensor nothing = g.scalar(backward.gradient().element(), 0);
    backward.give(0, () -> g.where(second, nothing, backward.gradient()));
    backward.give(1, () -> g.where(second, backward.gradient(), nothing));
  }

  @Override
  public List<Tensor> lower(Lowering lowering, List<Tensor> inputs) {
    TensorType type = infer(inputs.stream().map(Tensor::type).toList()).getFirst();
    return List.of(lowering.kernel(arithmetic.onnx, Attributes.NONE, type, inputs.getFirst(), inputs.getLast()));
  }
}
