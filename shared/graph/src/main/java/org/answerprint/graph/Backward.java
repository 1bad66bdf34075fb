package org.answerprint.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What an operator sees of the backward pass at one of its nodes. */
final class Backward {

  private final Gradients gradients;
  private final Node node;
  private final GraphBuilder g;

  Backward(Gradients gradients, Node node, GraphBuilder g) {
    this.gradients = gradients;
    this.node = node;
    this.g = g;
  }

  /** Where the gradient's own nodes are written. */
  GraphBuilder g() {
    return g;
  }

  int inputCount() {
    return node.inputs().size();
  }

  /** The value of an input, computed again where that is asked for. */
  Tensor input(int index) {
    return gradients.value(node.inputs().get(index), node);
  }

  /** The value of an output, computed again where that is asked for. */
  Tensor output(int index) {
    return gradients.value(node.outputs().get(index), node);
  }

  /** Whether this node's block is recomputed: memory is then worth more than time. */
  boolean recomputes() {
    return gradients.recomputes(node);
  }

  /** An input that a runtime cannot prepare other forms of when it loads the graph, in a block that is recomputed. */
  Tensor lateInput(int index) {
    return gradients.late(input(index), node);
  }

  TensorType inputType(int index) {
    return node.inputs().get(index).type();
  }

  TensorType outputType(int index) {
    return node.outputs().get(index).type();
  }

  /** The gradient of the only output. */
  Tensor gradient() {
    return gradient(0);
  }

  /** The gradient of an output; zeros where nothing came. */
  Tensor gradient(int output) {
    Tensor tensor = node.outputs().get(output);
    return gradients.of(tensor).orElseGet(() -> g.expand(g.scalar(tensor.element(), 0), tensor.shape()));
  }

  /** Whether the gradient of an input is needed. */
  boolean wants(int input) {
    return gradients.wants(node.inputs().get(input));
  }

  /**
   * Adds to the gradient of an input, if that is wanted; without such an input, or without need of its gradient, nothing is
   * written. Axes along which the input was broadcast are summed here.
   */
  void give(int input, Supplier<Tensor> share) {
    if (input < inputCount() && wants(input)) {
      Tensor tensor = node.inputs().get(input);
      gradients.add(tensor, summedTo(share.get(), tensor.shape()));
    }
  }

  private Tensor summedTo(Tensor share, Shape shape) {
    List<Integer> axes = new ArrayList<>();
    for (int axis = 0; axis < share.rank(); axis++) {
      Dim wanted = shape.alignedDim(axis, share.rank());
      if (axis < share.rank() - shape.rank() || !wanted.equals(share.dim(axis))) {
        axes.add(axis);
      }
    }
    Tensor summed = axes.isEmpty() ? share : g.sum(share, axes.stream().mapToInt(Integer::intValue).toArray());
    return g.reshape(summed, shape);
  }
}
