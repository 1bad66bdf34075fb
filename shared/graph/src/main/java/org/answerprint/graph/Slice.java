package org.answerprint.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * So many elements of one axis from a start, every step-th. dX = dY with zeros where elements were passed over.
 *
 * @param step at least 1
 */
record Slice(int axis, long start, long count, long step) implements Operator {

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Types.requireInputs(inputs, 1, 1);
    TensorType x = inputs.getFirst();
    Types.require(start >= 0 && count >= 1 && step >= 1, "start %d, count %d and step %d do not name a slice", start, count, step);
    Dim length = x.shape().dim(axis);
    Types.require(!length.isNumber() || start + (count - 1) * step < length.value(),
        "%d elements from %d in steps of %d leave axis %d of %s", count, start, step, axis, x);
    return List.of(x.shaped(x.shape().with(axis, count)));
  }

  @Override
  public void differentiate(Backward backward) {
    backward.give(0, () -> {
      GraphBuilder g = backward.g();
      Shape input = backward.inputType(0).shape();
      Tensor spread = step == 1 ? backward.gradient() : spread(g, backward.gradient());
      long reach = start + (count - 1) * step + 1;
      return pad(g, spread, axis, start, input.size(axis) - reach);
    });
  }

  /** dY with step - 1 zeros between its elements. */
  private Tensor spread(GraphBuilder g, Tensor dy) {
    Shape shape = dy.shape();
    Shape outer = shape.part(0, axis + 1);
    Shape inner = shape.part(axis + 1, shape.rank());
    Tensor apart = g.reshape(dy, outer.followedBy(Shape.of(1)).followedBy(inner));
    Tensor spaced = pad(g, apart, axis + 1, 0, step - 1);
    Tensor joined = g.reshape(spaced, shape.with(axis, count * step));
    return g.slice(joined, axis, 0, (count - 1) * step + 1);
  }

  private static Tensor pad(GraphBuilder g, Tensor x, int axis, long before, long after) {
    List<Long> first = new ArrayList<>(Collections.nCopies(x.rank(), 0L));
    List<Long> last = new ArrayList<>(first);
    first.set(axis, before);
    last.set(axis, after);
    return g.pad(x, first, last, 0);
  }

  @Override
  public List<Tensor> lower(Lowering lowering, List<Tensor> inputs) {
    GraphBuilder g = lowering.g();
    Tensor x = inputs.getFirst();
    return List.of(lowering.kernel("Slice", Attributes.NONE, infer(List.of(x.type())).getFirst(), x, g.integers(start),
        g.integers(start + (count - 1) * step + 1), g.integers(axis), g.integers(step)));
  }
}
