package org.answerprint.flow;

/**
 * Where each pixel of one picture is found in another: pixel (x, y) of the first lies at
 * (x + dx[y * width + x], y + dy[y * width + x]) of the second. Arrays are not copied; nobody writes to them.
 *
 * @param width in pixels
 * @param height in pixels
 * @param dx rightward displacement in pixels, row by row; NaN, with dy, where the pixel is in the other picture nowhere
 * @param dy downward displacement in pixels, row by row
 */
public record FlowField(int width, int height, float[] dx, float[] dy) {

  private static final float LEAVE_PER_LENGTH = 0.01f;
  private static final float LEAVE = 0.5f;

  /** @throws IllegalArgumentException where there are not as many vectors as pixels */
  public FlowField {
    if (dx.length != width * height || dy.length != width * height) {
      throw new IllegalArgumentException("a flow of " + width + "x" + height + " has that many vectors");
    }
  }

  /** The rightward displacement of a place between pixels. */
  public float dxAt(float x, float y) {
    return Bilinear.sample(dx, width, height, x, y);
  }

  /** The downward displacement of a place between pixels. */
  public float dyAt(float x, float y) {
    return Bilinear.sample(dy, width, height, x, y);
  }

  /** Whether a place lies in the picture, its edges included; false for NaN. */
  public boolean contains(float x, float y) {
    return x >= 0 && y >= 0 && x <= width - 1 && y <= height - 1;
  }

  /**
   * Whether going there by this flow and back by another ends near the beginning: there = f(p) and back = b(p + f(p)) with
   * |f + b|^2 below 0.01 (|f|^2 + |b|^2) + 0.5, and p + f(p) inside the picture (after Sundaram, Brox and Keutzer, 2010).
   *
   * @param back from the second picture to the first, of the same size
   */
  public boolean returns(FlowField back, float x, float y) {
    float fx = dxAt(x, y);
    float fy = dyAt(x, y);
    if (!contains(x + fx, y + fy)) {
      return false;
    }
    float bx = back.dxAt(x + fx, y + fy);
    float by = back.dyAt(x + fx, y + fy);
    float missed = square(fx + bx) + square(fy + by);
    return missed < LEAVE_PER_LENGTH * (square(fx) + square(fy) + square(bx) + square(by)) + LEAVE;
  }

  private static float square(float value) {
    return value * value;
  }
}
