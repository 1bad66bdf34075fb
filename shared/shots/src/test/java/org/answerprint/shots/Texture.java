package org.answerprint.shots;

import java.util.SplittableRandom;

/** A seeded picture that repeats in both directions: three octaves of value noise between a few colours. */
final class Texture {

  static final int SIZE = 256;
  private final float[] rgb = new float[SIZE * SIZE * 3];

  Texture(SplittableRandom random, float[][] palette, int coarse, float roughness) {
    float[] height = new float[SIZE * SIZE];
    float weight = 1;
    for (int cells = coarse; cells <= SIZE / 2; cells *= 2) {
      octave(random, height, cells, weight);
      weight *= roughness;
    }
    paint(height, palette);
  }

  private static void octave(SplittableRandom random, float[] height, int cells, float weight) {
    float[] grid = new float[cells * cells];
    for (int i = 0; i < grid.length; i++) {
      grid[i] = (float) random.nextDouble(-1, 1);
    }
    for (int y = 0; y < SIZE; y++) {
      float gy = (float) y * cells / SIZE;
      int y0 = (int) gy;
      float fy = smooth(gy - y0);
      for (int x = 0; x < SIZE; x++) {
        float gx = (float) x * cells / SIZE;
        int x0 = (int) gx;
        float fx = smooth(gx - x0);
        int x1 = (x0 + 1) % cells;
        int y1 = (y0 + 1) % cells * cells;
        float top = grid[y0 * cells + x0] + fx * (grid[y0 * cells + x1] - grid[y0 * cells + x0]);
        float bottom = grid[y1 + x0] + fx * (grid[y1 + x1] - grid[y1 + x0]);
        height[y * SIZE + x] += weight * (top + fy * (bottom - top));
      }
    }
  }

  private void paint(float[] height, float[][] palette) {
    for (int i = 0; i < height.length; i++) {
      float at = Math.clamp(0.5f + 0.5f * height[i], 0, 0.9999f) * (palette.length - 1);
      int k = (int) at;
      for (int c = 0; c < 3; c++) {
        rgb[3 * i + c] = palette[k][c] + (at - k) * (palette[k + 1][c] - palette[k][c]);
      }
    }
  }

  private static float smooth(float t) {
    return t * t * (3 - 2 * t);
  }

  /** Adds {@code weight} times the colour at (x, y) to {@code out}. */
  void add(float x, float y, float weight, float[] out, int at) {
    int x0 = (int) Math.floor(x);
    int y0 = (int) Math.floor(y);
    float fx = x - x0;
    float fy = y - y0;
    int a = 3 * ((y0 & SIZE - 1) * SIZE + (x0 & SIZE - 1));
    int b = 3 * ((y0 & SIZE - 1) * SIZE + (x0 + 1 & SIZE - 1));
    int c = 3 * ((y0 + 1 & SIZE - 1) * SIZE + (x0 & SIZE - 1));
    int d = 3 * ((y0 + 1 & SIZE - 1) * SIZE + (x0 + 1 & SIZE - 1));
    for (int k = 0; k < 3; k++) {
      float top = rgb[a + k] + fx * (rgb[b + k] - rgb[a + k]);
      float bottom = rgb[c + k] + fx * (rgb[d + k] - rgb[c + k]);
      out[at + k] += weight * (top + fy * (bottom - top));
    }
  }
}
