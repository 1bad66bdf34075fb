package org.answerprint.diffusion;

/**
 * {@code latent * x + output * y}, element by element: what each step of a sampler is, once its timestep is known.
 * Computed in double precision and rounded once.
 *
 * @param latent the factor of the first operand, the current latent mostly
 * @param output the factor of the second, a network's output or noise
 */
public record Combination(double latent, double output) {

  /** What leaves the latent as it is. */
  public static final Combination NOTHING = new Combination(1, 0);

  /**
   * Combines arrays of one length.
   *
   * @param target written; may be one of the two others
   * @throws IllegalArgumentException where the lengths differ
   */
  public void apply(float[] x, float[] y, float[] target) {
    if (x.length != y.length || x.length != target.length) {
      throw new IllegalArgumentException(
          "arrays of %d and %d elements into one of %d".formatted(x.length, y.length, target.length));
    }
    apply(x, 0, y, 0, target, 0, x.length);
  }

  /**
   * Combines parts of arrays: one frame of many, for instance.
   *
   * @throws IndexOutOfBoundsException where a part is not within its array; nothing is promised of the target then
   */
  public void apply(float[] x, int xOffset, float[] y, int yOffset, float[] target, int targetOffset, int length) {
    for (int i = 0; i < length; i++) {
      target[targetOffset + i] = (float) (latent * x[xOffset + i] + output * y[yOffset + i]);
    }
  }

  /** This combination, where its second operand is itself a combination of the same two. */
  Combination of(Combination second) {
    return new Combination(latent + output * second.latent, output * second.output);
  }
}
