package org.answerprint.metrics;

import org.answerprint.pictures.Picture;

/** Pictures as optical flow wants them. */
public final class Luma {

  private static final double RED = 0.299;
  private static final double GREEN = 0.587;
  private static final double BLUE = 0.114;

  private Luma() {}

  /** BT.601's weighted sum of the display values, rounded: {@code [height, width]} bytes. */
  public static byte[] of(Picture picture) {
    int pixels = picture.width() * picture.height();
    float[] planes = picture.planes();
    byte[] luma = new byte[pixels];
    for (int i = 0; i < pixels; i++) {
      double value = RED * planes[i] + GREEN * planes[pixels + i] + BLUE * planes[2 * pixels + i];
      luma[i] = (byte) Math.clamp(Math.round((value + 1) * 127.5), 0, 255);
    }
    return luma;
  }
}
