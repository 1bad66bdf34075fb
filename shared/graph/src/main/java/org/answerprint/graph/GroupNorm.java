package org.answerprint.graph;

import java.util.List;

/**
 * x {@code [B, C, s...]} of any number of spatial axes, with mean 0 and variance 1 over each of {@code groups} runs of
 * channels together with all places, times scale {@code [C]}, plus shift {@code [C]}; then, if asked for, SiLU. Scale and
 * shift may be FLOAT where x is FLOAT16; the arithmetic is then FLOAT. With n the normalised values and g = scale * dY:
 * dX = (g - mean(g) - n * mean(g * n)) / deviation, means over a group and its places; dscale = dY * n and dshift = dY, both
 * summed over batch and places. With SiLU inside, dY is first multiplied by its slope.
 */
record GroupNorm(int groups, double epsilon, boolean silu) implements Operator {

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Types.requireInputs(inputs, 3, 3);
    TensorType x = inputs.getFirst();
    Types.requireFloating(x, "group normalisation");
    Types.requireRank(x, 2, "group normalisation");
    Types.require(x.shape().size(1) % groups == 0, "%s channels do not make %d groups", x.shape().dim(1), groups);
    LayerNorm.requireAffine(inputs, x.shape().dim(1));
    return List.of(x);
  }

  @Override
  public void differentiate(Backward backward) {
    GraphBuilder g = backward.g();
    ElementType work = backward.inputType(1).element();
    Tensor x = g.cast(backward.input(0), work);
    Normalised normalised = Normalised.of(g, g.reshape(x, grouped(x.shape())), epsilon, -1);
    Tensor values = g.reshape(normalised.values(), x.shape());
    Tensor scale = perChannel(g, backward.input(1), x.rank());
    Tensor dy = g.cast(backward.gradient(), work);
    Tensor incoming = silu ? throughSilu(backward, values, scale, dy) : dy;
    backward.give(0, () -> {
      Tensor dx = normalised.gradient(g, g.reshape(g.multiply(incoming, scale), grouped(x.shape())));
      return g.cast(g.reshape(dx, x.shape()), backward.inputType(0).element());
    });
    int[] others = Conv.allButChannels(x.rank());
    backward.give(1, () -> g.sum(g.multiply(incoming, values), others));
    backward.give(2, () -> g.sum(incoming, others));
  }

  private static Tensor throughSilu(Backward backward, Tensor values, Tensor scale, Tensor dy) {
    GraphBuilder g = backward.g();
    Tensor before = g.add(g.multiply(values, scale), perChannel(g, backward.input(2), values.rank()));
    return g.gradient(g.silu(before), dy, List.of(before)).getFirst();
  }

  private Shape grouped(Shape shape) {
    Dim members = shape.part(1, shape.rank()).elements().dividedBy(Dim.of(groups)).orElseThrow();
    return Shape.of(shape.dim(0), Dim.of(groups), members);
  }

  private static Tensor perChannel(GraphBuilder g, Tensor affine, int rank) {
    Shape shape = affine.shape();
    for (int axis = 2; axis < rank; axis++) {
      shape = shape.followedBy(Shape.of(1));
    }
    return g.reshape(affine, shape);
  }

  @Override
  public List<Tensor> lower(Lowering lowering, List<Tensor> inputs) {
    Tensor x = inputs.getFirst();
    boolean wide = x.element() == ElementType.DOUBLE;
    return List.of(switch (lowering.target()) {
      case STANDARD -> wide ? grouped(lowering, inputs) : standard(lowering, inputs);
      case CPU -> grouped(lowering, inputs);
      case CUDA -> wide || x.rank() < 4 ? grouped(lowering, inputs) : channelsLast(lowering, inputs);
    });
  }

  private Tensor standard(Lowering lowering, List<Tensor> inputs) {
    GraphBuilder g = lowering.g();
    Tensor x = g.cast(inputs.getFirst(), inputs.get(1).element());
    Attributes attributes = Attributes.of("num_groups", groups).and("epsilon", epsilon);
    Tensor y = lowering.kernel("GroupNormalization", attributes, x.type(), x, inputs.get(1), inputs.get(2));
    return g.cast(silu ? g.silu(y) : y, inputs.getFirst().element());
  }

  private Tensor grouped(Lowering lowering, List<Tensor> inputs) {
    GraphBuilder g = lowering.g();
    Tensor x = g.cast(inputs.getFirst(), inputs.get(1).element());
    Tensor normalised = g.reshape(Normalised.runs(lowering, g.reshape(x, grouped(x.shape())), epsilon), x.shape());
    Tensor scaled = g.multiply(normalised, perChannel(g, inputs.get(1), x.rank()));
    Tensor y = g.add(scaled, perChannel(g, inputs.get(2), x.rank()));
    return g.cast(silu ? g.silu(y) : y, inputs.getFirst().element());
  }

  /** ONNX Runtime's CUDA kernel: four axes, channels last, scale and shift FLOAT, SiLU inside. */
  private Tensor channelsLast(Lowering lowering, List<Tensor> inputs) {
    GraphBuilder g = lowering.g();
    Tensor x = inputs.getFirst();
    Shape flat = Shape.of(x.dim(0), x.dim(1), x.shape().part(2, x.rank() - 1).elements(), x.dim(-1));
    Tensor last = g.transpose(g.reshape(x, flat), 0, 2, 3, 1);
    Attributes attributes = Attributes.of("groups", groups).and("epsilon", epsilon).and("activation", silu ? 1 : 0)
        .and("channels_last", 1);
    Tensor scale = g.cast(inputs.get(1), ElementType.FLOAT);
    Tensor shift = g.cast(inputs.get(2), ElementType.FLOAT);
    Tensor y = lowering.microsoft("GroupNorm", attributes, last.type(), last, scale, shift);
    return g.reshape(g.transpose(y, 0, 3, 1, 2), x.shape());
  }
}
