package org.answerprint.diffusion;

/**
 * What a network's output is. With {@code a} the cumulative alpha of the timestep the network was given:
 * {@code x = sqrt(a) clean + sqrt(1-a) noise}, and the output is the noise, or the velocity
 * {@code v = sqrt(a) noise - sqrt(1-a) clean}.
 */
public enum PredictionType {
  EPSILON("epsilon") {
    @Override
    public Combination clean(double alpha) {
      return new Combination(1 / Math.sqrt(alpha), -Math.sqrt(1 - alpha) / Math.sqrt(alpha));
    }

    @Override
    public Combination noise(double alpha) {
      return new Combination(0, 1);
    }
  },
  VELOCITY("v_prediction") {
    @Override
    public Combination clean(double alpha) {
      return new Combination(Math.sqrt(alpha), -Math.sqrt(1 - alpha));
    }

    @Override
    public Combination noise(double alpha) {
      return new Combination(Math.sqrt(1 - alpha), Math.sqrt(alpha));
    }
  };

  private final String word;

  PredictionType(String word) {
    this.word = word;
  }

  /** What a scheduler's config calls it. */
  public String word() {
    return word;
  }

  /** The clean latent, of latent and output. */
  public abstract Combination clean(double alpha);

  /** The noise, of latent and output. */
  public abstract Combination noise(double alpha);
}
