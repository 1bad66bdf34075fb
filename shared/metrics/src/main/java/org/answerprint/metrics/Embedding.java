package org.answerprint.metrics;

/**
 * A picture or a text as a direction in the space of a contrastive model: a vector of length 1. Immutable.
 */
public final class Embedding {

  private final float[] direction;

  private Embedding(float[] direction) {
    this.direction = direction;
  }

  /**
   * The direction of a vector as a model gives it, of any length but 0.
   *
   * @throws IllegalArgumentException where it has no direction: all zeros, or a value that is no number
   */
  public static Embedding of(float... vector) {
    double square = 0;
    for (float value : vector) {
      square += (double) value * value;
    }
    if (!(square > 0) || Double.isInfinite(square)) {
      throw new IllegalArgumentException("a vector of length " + Math.sqrt(square) + " has no direction");
    }
    float[] direction = new float[vector.length];
    for (int i = 0; i < vector.length; i++) {
      direction[i] = (float) (vector[i] / Math.sqrt(square));
    }
    return new Embedding(direction);
  }

  /**
   * The cosine of the angle between both, from -1 to 1.
   *
   * @throws IllegalArgumentException where they are not from one space
   */
  public double cosine(Embedding other) {
    if (other.direction.length != direction.length) {
      throw new IllegalArgumentException("an embedding of %d numbers cannot be compared with one of %d".formatted(
          direction.length, other.direction.length));
    }
    double product = 0;
    for (int i = 0; i < direction.length; i++) {
      product += (double) direction[i] * other.direction[i];
    }
    return Math.clamp(product, -1, 1);
  }
}
