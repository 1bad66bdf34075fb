package org.answerprint.training;

/**
 * How many pictures the parts of {@code toybox-image} are learnt from at a time, and what is measured and drawn on the way.
 *
 * @param vaeRows pictures of a step of the autoencoder
 * @param unetRows pictures of a step of the denoiser
 * @param depthRows pictures of a step of the depth estimator
 * @param captionerRows pictures of a step of the captioner
 * @param measured pictures of each size whose latents say what latents are multiplied by
 * @param sheetSteps steps in which the denoiser draws its sheet
 */
public record Amounts(int vaeRows, int unetRows, int depthRows, int captionerRows, int measured, int sheetSteps) {

  /** What the model is learnt with. */
  public static final Amounts USUAL = new Amounts(16, 32, 32, 32, 256, 12);
}
