package org.answerprint.diffusion;

/**
 * How much of a clean latent is left at each timestep: the cumulative product of {@code 1 - beta}, in double
 * precision. Immutable.
 */
public final class NoiseSchedule {

  private final double[] alphas;

  private NoiseSchedule(double[] alphas) {
    this.alphas = alphas;
  }

  /** Betas at equal distances. */
  public static NoiseSchedule linear(int timesteps, double first, double last) {
    double[] betas = new double[timesteps];
    for (int k = 0; k < timesteps; k++) {
      betas[k] = between(first, last, k, timesteps);
    }
    return ofBetas(betas);
  }

  /** Betas whose roots are at equal distances: Stable Diffusion, ModelScope, ZeroScope. */
  public static NoiseSchedule scaledLinear(int timesteps, double first, double last) {
    double[] betas = new double[timesteps];
    for (int k = 0; k < timesteps; k++) {
      double root = between(Math.sqrt(first), Math.sqrt(last), k, timesteps);
      betas[k] = root * root;
    }
    return ofBetas(betas);
  }

  /** @throws IllegalArgumentException where a beta is not within (0, 1), or there is none */
  public static NoiseSchedule ofBetas(double... betas) {
    if (betas.length == 0) {
      throw new IllegalArgumentException("a schedule of no timesteps");
    }
    double[] alphas = new double[betas.length];
    double product = 1;
    for (int k = 0; k < betas.length; k++) {
      if (!(betas[k] > 0 && betas[k] < 1)) {
        throw new IllegalArgumentException("beta %d is %s, which is not within 0 and 1".formatted(k, betas[k]));
      }
      product *= 1 - betas[k];
      alphas[k] = product;
    }
    return new NoiseSchedule(alphas);
  }

  /** The number of timesteps, counted from 0. */
  public int timesteps() {
    return alphas.length;
  }

  /**
   * The cumulative alpha of a timestep, within (0, 1).
   *
   * @throws IndexOutOfBoundsException where there is no such timestep
   */
  public double alpha(int timestep) {
    return alphas[timestep];
  }

  /** {@code x = sqrt(alpha) clean + sqrt(1-alpha) noise}: a clean latent, then noise, combined to that timestep. */
  public Combination noised(int timestep) {
    return new Combination(Math.sqrt(alpha(timestep)), Math.sqrt(1 - alpha(timestep)));
  }

  private static double between(double first, double last, int k, int count) {
    return count == 1 ? first : first + k / (count - 1.0) * (last - first);
  }
}
