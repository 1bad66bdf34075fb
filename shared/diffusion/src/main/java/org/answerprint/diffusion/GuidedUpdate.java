package org.answerprint.diffusion;

import org.answerprint.faults.RequestFault;

/**
 * Pix2Video's guided update: after its step, a frame's latent is pulled towards the clean latent of the frame before
 * it, {@code y - kappa (clean - cleanBefore)}. That is the gradient step of the public code in closed form.
 *
 * @param kappa how strongly, 0 for not at all
 * @param steps how many of the first steps are guided
 */
public record GuidedUpdate(double kappa, int steps) {

  /** The strength at 512 by 512 pixels in the public code: {@code 2 * 100 / (4 * 64 * 64)}. */
  public static final double KAPPA = 200.0 / 16384;

  /** @throws RequestFault where the strength is no number from 0, or the number of steps is negative */
  public GuidedUpdate {
    if (!(kappa >= 0 && Double.isFinite(kappa)) || steps < 0) {
      throw new RequestFault("a guided update of strength %s over %d steps; give numbers from 0 up".formatted(
          kappa, steps));
    }
  }

  /** The default: {@link #KAPPA} at every size, on the first half of the steps and one more. */
  public static GuidedUpdate ofSteps(int samplingSteps) {
    return new GuidedUpdate(KAPPA, samplingSteps / 2 + 1);
  }

  /**
   * As the public code has it: the gradient of the mean squared difference, so that the strength falls with the size.
   *
   * @param weight 100 in the public code
   * @param elements of a frame's latent, {@code 4 h w}
   */
  public static GuidedUpdate ofWeight(double weight, int elements, int samplingSteps) {
    return new GuidedUpdate(2 * weight / elements, samplingSteps / 2 + 1);
  }

  /** Whether this step is a guided one. */
  public boolean guides(int step) {
    return kappa != 0 && step < steps;
  }

  /**
   * Pulls one frame of many.
   *
   * @param latents after the step, frame by frame; the frame's part is changed
   * @param clean the clean latents that the outputs of this step speak of, frame by frame
   * @param frame to pull, counted from 0
   * @param cleanBefore the clean latent at the same step of the frame before it, before that frame was pulled
   * @throws IndexOutOfBoundsException where there is no such frame
   */
  public void apply(float[] latents, float[] clean, int frame, float[] cleanBefore) {
    int offset = frame * cleanBefore.length;
    for (int i = 0; i < cleanBefore.length; i++) {
      double difference = (double) clean[offset + i] - cleanBefore[i];
      latents[offset + i] = (float) (latents[offset + i] - kappa * difference);
    }
  }
}
