package org.answerprint.graph;

import java.util.List;

/**
 * X as it is, but not before a zero (one number) is there. A runtime that prepares at loading what depends on weights alone can
 * not prepare what is made from this: memory is spent for the time of its use instead. dX = dY; the zero gets none.
 */
record Late() implements Operator {

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Types.requireInputs(inputs, 2, 2);
    Types.require(inputs.getLast().shape().rank() == 0, "a zero is one number, found %s", inputs.getLast());
    return List.of(inputs.getFirst());
  }

  @Override
  public void differentiate(Backward backward) {
    backward.give(0, backward::gradient);
  }

  /** On the CPU a change of shape to the same one plus zero, which costs nothing; on CUDA shapes would have to wait for the host. */
  @Override
  public List<Tensor> lower(Lowering lowering, List<Tensor> inputs) {
    GraphBuilder g = lowering.g();
    Tensor x = inputs.getFirst();
    Tensor zero = inputs.getLast();
    if (lowering.target() == Target.CUDA || !x.shape().isKnown()) {
      return List.of(g.add(x, g.cast(zero, x.element())));
    }
    Tensor lengths = g.add(g.integers(x.shape().sizes()), g.cast(zero, ElementType.INT64));
    return List.of(lowering.kernel("Reshape", Attributes.NONE, x.type(), x, lengths));
  }
}
