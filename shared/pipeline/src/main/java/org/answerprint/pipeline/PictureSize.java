package org.answerprint.pipeline;

import org.answerprint.faults.RequestFault;

/**
 * The size at which a model works on a film.
 *
 * @param width in pixels
 * @param height in pixels
 */
public record PictureSize(int width, int height) {

  /** Films wider than this are squashed: no model was trained on them, and memory grows with the area. */
  private static final double WIDEST = 3;

  /**
   * The film's shape with its shorter side at a given length, both sides rounded to what the networks can halve.
   *
   * @param shown width of the film over its height, as it is shown
   * @param shorter side in pixels
   * @param multiple of which both sides are to be
   * @throws RequestFault where the shorter side is less than a multiple
   */
  static PictureSize of(double shown, int shorter, int multiple) {
    if (shorter < multiple) {
      throw new RequestFault("a resolution of %d is too small for this model; give at least %d".formatted(shorter, multiple));
    }
    double ratio = Math.clamp(shown, 1 / WIDEST, WIDEST);
    return new PictureSize(rounded(shorter * Math.max(1, ratio), multiple), rounded(shorter * Math.max(1, 1 / ratio), multiple));
  }

  private static int rounded(double length, int multiple) {
    return Math.max(1, (int) Math.round(length / multiple)) * multiple;
  }
}
