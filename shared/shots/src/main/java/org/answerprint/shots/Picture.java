package org.answerprint.shots;

import org.answerprint.frames.RawFrame;

/**
 * What the detector keeps of a frame: 32 x 18 cells of luma and two colour differences, 0 to 255 and -128 to 127 in
 * size, one plane after the other.
 */
final class Picture {

  static final int WIDTH = 32;
  static final int HEIGHT = 18;
  static final int CELLS = WIDTH * HEIGHT;
  private static final int BLOCK = 3;
  private static final float NOISE = 1.5f * 1.5f * CELLS;

  static final int HALF_WIDTH = WIDTH / 2;
  static final int HALF_HEIGHT = HEIGHT / 2;

  final float[] cells = new float[3 * CELLS];
  /** Luma at half the size, its mean removed. */
  final float[] half = new float[HALF_WIDTH * HALF_HEIGHT];
  final long pts;
  private float mean;
  private float energy;
  private float lumaEnergy;

  Picture(RawFrame frame) {
    pts = frame.pts();
    shrink(frame.data(), frame.width());
    measure();
  }

  private Picture(long pts) {
    this.pts = pts;
  }

  private void shrink(byte[] data, int width) {
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        int r = 0;
        int g = 0;
        int b = 0;
        for (int v = 0; v < BLOCK; v++) {
          int at = 3 * ((BLOCK * y + v) * width + BLOCK * x);
          for (int u = 0; u < BLOCK; u++, at += 3) {
            r += data[at] & 255;
            g += data[at + 1] & 255;
            b += data[at + 2] & 255;
          }
        }
        int cell = y * WIDTH + x;
        float luma = (0.299f * r + 0.587f * g + 0.114f * b) / (BLOCK * BLOCK);
        cells[cell] = luma;
        cells[CELLS + cell] = 0.6f * ((float) b / (BLOCK * BLOCK) - luma);
        cells[2 * CELLS + cell] = 0.75f * ((float) r / (BLOCK * BLOCK) - luma);
      }
    }
  }

  private void measure() {
    float sum = 0;
    for (int i = 0; i < CELLS; i++) {
      sum += cells[i];
    }
    mean = sum / CELLS;
    float luma = 0;
    for (int i = 0; i < CELLS; i++) {
      luma += (cells[i] - mean) * (cells[i] - mean);
    }
    lumaEnergy = luma;
    energy = luma;
    for (int i = CELLS; i < 3 * CELLS; i++) {
      energy += cells[i] * cells[i];
    }
    for (int y = 0; y < HALF_HEIGHT; y++) {
      for (int x = 0; x < HALF_WIDTH; x++) {
        int at = 2 * y * WIDTH + 2 * x;
        half[y * HALF_WIDTH + x] = (cells[at] + cells[at + 1] + cells[at + WIDTH] + cells[at + WIDTH + 1]) / 4 - mean;
      }
    }
  }

  /** Standard deviation of luma, in levels. */
  float contrast() {
    return (float) Math.sqrt(lumaEnergy / CELLS);
  }

  float mean() {
    return mean;
  }

  /** 0 for pictures alike but for brightness and contrast, near 1 for unrelated ones, at most 2. */
  static float difference(Picture a, Picture b) {
    float product = 0;
    for (int i = 0; i < CELLS; i++) {
      product += (a.cells[i] - a.mean) * (b.cells[i] - b.mean);
    }
    for (int i = CELLS; i < 3 * CELLS; i++) {
      product += a.cells[i] * b.cells[i];
    }
    return 1 - (product + NOISE) / ((float) Math.sqrt((double) a.energy * b.energy) + NOISE);
  }

  /** The same for luma alone, so that a cast of colour does not count. */
  static float lumaDifference(Picture a, Picture b) {
    float product = 0;
    for (int i = 0; i < CELLS; i++) {
      product += (a.cells[i] - a.mean) * (b.cells[i] - b.mean);
    }
    return 1 - (product + NOISE) / ((float) Math.sqrt((double) a.lumaEnergy * b.lumaEnergy) + NOISE);
  }

  /** Mean absolute difference of luma, in levels. */
  static float levels(Picture a, Picture b) {
    float sum = 0;
    for (int i = 0; i < CELLS; i++) {
      sum += Math.abs(a.cells[i] - b.cells[i]);
    }
    return sum / CELLS;
  }

  /** The least difference over shifts of one picture by some cells; what the camera moved counts as alike. */
  static float shiftedDifference(Picture a, Picture b, int reachX, int reachY) {
    float least = difference(a, b);
    if (least < 0.05f) {
      return least;
    }
    int[] shift = Shift.best(a, b, reachX, reachY);
    return shift[0] == 0 && shift[1] == 0 ? least : Math.min(least, 0.03f + Shift.difference(a, b, shift[0], shift[1]));
  }

  /** This picture moved by whole cells, edges repeated. */
  Picture shifted(int dx, int dy) {
    if (dx == 0 && dy == 0) {
      return this;
    }
    Picture out = new Picture(pts);
    for (int p = 0; p < 3; p++) {
      for (int y = 0; y < HEIGHT; y++) {
        int row = p * CELLS + Math.clamp(y - dy, 0, HEIGHT - 1) * WIDTH;
        for (int x = 0; x < WIDTH; x++) {
          out.cells[p * CELLS + y * WIDTH + x] = cells[row + Math.clamp(x - dx, 0, WIDTH - 1)];
        }
      }
    }
    out.measure();
    return out;
  }
}
