package org.answerprint.flow;

/** Values between the samples of a plane that lies row by row in an array. Coordinates beyond an edge mean the edge. */
public final class Bilinear {

  private Bilinear() {}

  /** The value at a place of the plane that begins at the array's beginning. */
  public static float sample(float[] plane, int width, int height, float x, float y) {
    return sample(plane, 0, width, height, x, y);
  }

  /** The value at a place of the plane that begins at {@code base}. */
  public static float sample(float[] planes, int base, int width, int height, float x, float y) {
    float cx = Math.clamp(x, 0, width - 1);
    float cy = Math.clamp(y, 0, height - 1);
    int x0 = (int) cx;
    int y0 = (int) cy;
    int x1 = Math.min(x0 + 1, width - 1);
    int row0 = base + y0 * width;
    int row1 = base + Math.min(y0 + 1, height - 1) * width;
    float fx = cx - x0;
    float top = planes[row0 + x0] + fx * (planes[row0 + x1] - planes[row0 + x0]);
    float bottom = planes[row1 + x0] + fx * (planes[row1 + x1] - planes[row1 + x0]);
    return top + (cy - y0) * (bottom - top);
  }
}
