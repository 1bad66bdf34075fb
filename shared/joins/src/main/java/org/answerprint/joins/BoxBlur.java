package org.answerprint.joins;

/** The mean over a square, edges repeated. */
final class BoxBlur {

  private BoxBlur() {}

  static float[] blur(float[] plane, int width, int height, int radius) {
    float[] rows = new float[plane.length];
    for (int y = 0; y < height; y++) {
      line(plane, rows, y * width, 1, width, radius);
    }
    float[] out = new float[plane.length];
    for (int x = 0; x < width; x++) {
      line(rows, out, x, width, height, radius);
    }
    return out;
  }

  private static void line(float[] in, float[] out, int base, int step, int length, int radius) {
    double sum = 0;
    for (int i = -radius; i <= radius; i++) {
      sum += in[base + Math.clamp(i, 0, length - 1) * step];
    }
    for (int i = 0; i < length; i++) {
      out[base + i * step] = (float) (sum / (2 * radius + 1));
      sum += in[base + Math.min(i + radius + 1, length - 1) * step] - in[base + Math.max(i - radius, 0) * step];
    }
  }
}
