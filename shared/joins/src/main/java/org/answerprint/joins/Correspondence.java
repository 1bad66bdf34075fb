package org.answerprint.joins;

import org.answerprint.flow.Bilinear;
import org.answerprint.flow.FlowField;

/**
 * For each pixel of a picture part of the way between two others: where it lies in either, and how far either is to be
 * believed. All arrays run row by row over the luma grid.
 *
 * @param leftX rightward displacement to the pixel's place in the left picture
 * @param leftY downward displacement to the pixel's place in the left picture
 * @param rightX rightward displacement to the pixel's place in the right picture
 * @param rightY downward displacement to the pixel's place in the right picture
 * @param leftTrust 0 to 1: how well the flow from the left picture agrees with the flow back
 * @param rightTrust 0 to 1: how well the flow from the right picture agrees with the flow back
 */
record Correspondence(
    float[] leftX, float[] leftY, float[] rightX, float[] rightY, float[] leftTrust, float[] rightTrust) {

  private static final int REFINEMENTS = 3;
  private static final int TRUST_RADIUS = 3;

  /** Levels of luma by which what corresponds may differ before it is believed only half. */
  private static final float LIKENESS = 24;

  /**
   * @param forward flow from the left picture to the right one
   * @param backward flow from the right picture to the left one
   * @param left luma of the left picture
   * @param right luma of the right picture
   * @param t 0 at the left picture, 1 at the right one
   */
  static Correspondence at(FlowField forward, FlowField backward, byte[] left, byte[] right, float t) {
    int size = forward.width() * forward.height();
    Correspondence found = new Correspondence(
        new float[size], new float[size], new float[size], new float[size], new float[size], new float[size]);
    project(forward, trust(forward, backward, left, right), t, found.leftX, found.leftY, found.leftTrust);
    project(backward, trust(backward, forward, right, left), 1 - t, found.rightX, found.rightY, found.rightTrust);
    return found;
  }

  /**
   * For each pixel p finds the x with x + t * flow(x) = p, by iteration from x = p. At the rim of what moves there may
   * be none: what misses p by more than a pixel is not believed.
   */
  private static void project(FlowField flow, float[] trust, float t, float[] outX, float[] outY, float[] outTrust) {
    int width = flow.width();
    for (int y = 0; y < flow.height(); y++) {
      for (int x = 0; x < width; x++) {
        int at = y * width + x;
        float dx = 0;
        float dy = 0;
        for (int i = 0; i < REFINEMENTS; i++) {
          float nextX = -t * flow.dxAt(x + dx, y + dy);
          dy = -t * flow.dyAt(x + dx, y + dy);
          dx = nextX;
        }
        outX[at] = dx;
        outY[at] = dy;
        boolean inside = x + dx >= 0 && y + dy >= 0 && x + dx <= width - 1 && y + dy <= flow.height() - 1;
        float missed = square(dx + t * flow.dxAt(x + dx, y + dy))
            + square(dy + t * flow.dyAt(x + dx, y + dy));
        outTrust[at] = inside ? Bilinear.sample(trust, width, flow.height(), x + dx, y + dy) / (1 + square(missed)) : 0;
      }
    }
  }

  /**
   * Near 1 where going there and back ends where it began, with more leave for long ways (after Sundaram et al.), and
   * where what is found there looks alike.
   */
  private static float[] trust(FlowField there, FlowField back, byte[] from, byte[] to) {
    int width = there.width();
    int height = there.height();
    float[] trust = new float[width * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int at = y * width + x;
        float dx = there.dx()[at];
        float dy = there.dy()[at];
        float bx = back.dxAt(x + dx, y + dy);
        float by = back.dyAt(x + dx, y + dy);
        float error = square(dx + bx) + square(dy + by);
        float leave = 0.01f * (square(dx) + square(dy) + square(bx) + square(by)) + 0.5f;
        float unlike = (from[at] & 255) - luma(to, width, height, x + dx, y + dy);
        trust[at] = 1 / (1 + square(error / leave)) / (1 + square(square(unlike / LIKENESS)));
      }
    }
    return BoxBlur.blur(trust, width, height, TRUST_RADIUS);
  }

  /** The nearest sample. */
  private static int luma(byte[] plane, int width, int height, float x, float y) {
    return plane[Math.clamp(Math.round(y), 0, height - 1) * width + Math.clamp(Math.round(x), 0, width - 1)] & 255;
  }

  private static float square(float value) {
    return value * value;
  }
}
