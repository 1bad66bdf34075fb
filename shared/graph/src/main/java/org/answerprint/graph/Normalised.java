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

  Tensor gradient(GraphBuilder g, Tensor incoming) {
    Tensor along = g.multiply(values, g.meanKeeping(g.multiply(incoming, values), axes));
    Tensor across = g.subtract(incoming, g.meanKeeping(incoming, axes));
    return g.multiply(g.subtract(across, along), inverseDeviation);
  }
}
