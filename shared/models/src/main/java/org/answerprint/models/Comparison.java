package org.answerprint.models;

import org.answerprint.weights.Tensor;

/**
 * How far a tensor is from the one that the reference implementation computed.
 *
 * @param tensor its name in the golden file
 * @param relative the norm of the difference over the norm of what was wanted
 * @param maximum the largest difference of an element
 * @param limit that the relative norm may not exceed
 */
public record Comparison(String tensor, double relative, double maximum, double limit) {

  /** Of float32: a forward pass through one network. */
  static final double FORWARD = 1e-5;
  static final double GRADIENT = 1e-4;
  /** Steps that feed on each other. */
  static final double TRAJECTORY = 1e-3;

  /** Whether it is near enough; what is no number is not. */
  public boolean passes() {
    return relative <= limit;
  }

  static Comparison of(Tensor found, Tensor wanted, double limit) {
    return of(wanted.name(), found.toFloats(), wanted.toFloats(), limit);
  }

  static Comparison of(String tensor, float[] found, float[] wanted, double limit) {
    return of(tensor, found, wanted, 0, limit);
  }

  /** @param least what the norm of the wanted is taken for at least: for differences that are nothing beside others */
  static Comparison of(String tensor, float[] found, float[] wanted, double least, double limit) {
    if (found.length != wanted.length) {
      return new Comparison(tensor, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, limit);
    }
    double squares = 0;
    double maximum = 0;
    for (int i = 0; i < found.length; i++) {
      double difference = (double) found[i] - wanted[i];
      squares += difference * difference;
      maximum = Math.max(maximum, Math.abs(difference));
    }
    double relative = squares == 0 ? 0 : Math.sqrt(squares) / Math.max(norm(wanted), least);
    return new Comparison(tensor, relative, maximum, limit);
  }

  static double norm(float[] values) {
    double squares = 0;
    for (float value : values) {
      squares += (double) value * value;
    }
    return Math.sqrt(squares);
  }
}
