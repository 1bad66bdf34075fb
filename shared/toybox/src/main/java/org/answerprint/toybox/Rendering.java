package org.answerprint.toybox;

/**
 * One frame. The arrays belong to whoever asked for it.
 *
 * @param width in pixels
 * @param height in pixels
 * @param rgb the picture, [height, width, 3], rows from the top, red, green and blue of 0 to 255 each as unsigned
 *     bytes, to be shown as they are
 * @param depth the distance from the camera to what the middle of each pixel sees, [height, width], in the world's
 *     units; {@link Float#POSITIVE_INFINITY} for the sky
 */
public record Rendering(int width, int height, byte[] rgb, float[] depth) {

  /** Refuses arrays of other lengths with an {@link IllegalArgumentException}. */
  public Rendering {
    Checks.range("a picture's bytes", rgb.length, 3L * width * height, 3L * width * height);
    Checks.range("a depth's values", depth.length, (long) width * height, (long) width * height);
  }
}
