package org.answerprint.graph;

/**
 * Values with mean 0 and variance 1 over some axes, and what is needed to go back: the formula that layer and group
 * normalisation share. With s the standard deviation and g the gradient of the normalised values n,
 * dX = (g - mean(g) - n * mean(g * n)) / s, means over the same axes.
 */
record Normalised(Tensor values, Tensor inverseDeviation, int[] axes) {

  static Normalised of(GraphBuilder g, Tensor x, double epsilon, int... axes) {
    Tensor centred = g.subtract(x, g.meanKeeping(x, axes));
    Tensor variance = g.meanKeeping(g.square(centred), axes);
    Tensor inverse = g.reciprocal(g.sqrt(g.add(variance, epsilon)));
    return new Normalised(g.multiply(centred, inverse), inverse, axes);
  }

  /**
   * The normalised values alone, over the last axis, as ONNX Runtime's CPU provider is fastest at them: each run of numbers is
   * one channel of an instance normalisation.
   */
  static Tensor runs(Lowering lowering, Tensor x, double epsilon) {
    GraphBuilder g = lowering.g();
    if (x.element() != ElementType.FLOAT) {
      return of(g, x, epsilon, -1).values();
    }
    Tensor runs = g.reshape(x, Shape.of(x.shape().part(0, x.rank() - 1).elements(), Dim.of(1), x.dim(-1)));
    Tensor one = g.constant(ElementType.FLOAT, Shape.of(1), 1);
    Tensor zero = g.constant(ElementType.FLOAT, Shape.of(1), 0);
    Attributes attributes = Attributes.NONE.and("epsilon", epsilon);
    return g.reshape(lowering.kernel("InstanceNormalization", attributes, runs.type(), runs, one, zero), x.shape());
  }

  Tensor gradient(GraphBuilder g, Tensor incoming) {
    Tensor along = g.multiply(values, g.meanKeeping(g.multiply(incoming, values), axes));
    Tensor across = g.subtract(incoming, g.meanKeeping(incoming, axes));
    return g.multiply(g.subtract(across, along), inverseDeviation);
  }
}
