package org.answerprint.pipeline;

import java.util.function.LongToDoubleFunction;

/**
 * What a network calculates for one picture, by the number of places in its latent: a part that is always the same, convolutions,
 * which grow with the area, and attentions, which grow with its square. Immutable.
 *
 * @param fixed in 10^9 operations
 * @param perPlace in 10^9 operations
 * @param perPair of places, in 10^9 operations
 */
public record ByArea(double fixed, double perPlace, double perPair) {

  /** At a latent of so many places. */
  public double at(long places) {
    return fixed + perPlace * places + perPair * places * places;
  }

  /** The one that gives these counts, in single operations, at latents of one, two and three times a length of side. */
  static ByArea through(long side, LongToDoubleFunction operationsAtSide) {
    double area = side * side;
    double one = operationsAtSide.applyAsDouble(side) / 1e9;
    double two = operationsAtSide.applyAsDouble(2 * side) / 1e9;
    double three = operationsAtSide.applyAsDouble(3 * side) / 1e9;
    double firstSlope = (two - one) / (3 * area);
    double secondSlope = (three - two) / (5 * area);
    double perPair = (secondSlope - firstSlope) / (8 * area);
    double perPlace = firstSlope - perPair * 5 * area;
    return new ByArea(one - perPlace * area - perPair * area * area, perPlace, perPair);
  }

  ByArea withMorePerPair(double more) {
    return new ByArea(fixed, perPlace, perPair + more);
  }
}
