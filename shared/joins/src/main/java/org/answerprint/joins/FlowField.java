package org.answerprint.joins;

/**
 * Where each pixel of one picture is found in another: pixel (x, y) of the first lies at
 * (x + dx[y * width + x], y + dy[y * width + x]) of the second.
 *
 * @param width in pixels
 * @param height in pixels
 * @param dx rightward displacement in pixels, row by row
 * @param dy downward displacement in pixels, row by row
 */
public record FlowField(int width, int height, float[] dx, float[] dy) {

  public FlowField {
    if (dx.length != width * height || dy.length != width * height) {
      throw new IllegalArgumentException("a flow of " + width + "x" + height + " has that many vectors");
    }
  }
}
