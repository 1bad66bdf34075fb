package org.answerprint.shots;

import java.util.SplittableRandom;

/** A seeded picture that repeats in both directions, 256 texels a side; colours of 0 to 255. */
final class Texture {

  static final int SIZE = 256;
  private final float[] rgb = new float[SIZE * SIZE * 3];

  private Texture() {}

  /** Value noise between a few colours. */
  static Texture painted(SplittableRandom random, float[][] palette, int coarse, float roughness) {
    Texture texture = new Texture();
    float[] height = field(random, coarse, roughness);
    for (int i = 0; i < height.length; i++) {
      float at = Math.clamp(0.5f + 0.5f * height[i], 0, 0.9999f) * (palette.length - 1);
      int k = (int) at;
      for (int c = 0; c < 3; c++) {
        texture.rgb[3 * i + c] = palette[k][c] + (at - k) * (palette[k + 1][c] - palette[k][c]);
      }
    }
    return texture;
  }

  /** Power that falls with frequency as in photographs, luma and two colours apart. */
  static Texture natural(SplittableRandom random, float[][] palette) {
    Texture texture = new Texture();
    float[] luma = field(random, 2, (float) random.nextDouble(0.5, 0.8));
    float[] warm = field(random, 2, 0.5f);
    float[] tint = field(random, 2, 0.5f);
    float contrast = (float) random.nextDouble(30, 80);
    float colour = (float) random.nextDouble(5, 35);
    for (int i = 0; i < luma.length; i++) {
      for (int c = 0; c < 3; c++) {
        float base = (palette[0][c] + palette[palette.length - 1][c]) / 2;
        float hue = c == 0 ? warm[i] : c == 1 ? -0.5f * warm[i] - 0.5f * tint[i] : tint[i];
        texture.rgb[3 * i + c] = Math.clamp(base + contrast * luma[i] + colour * hue, 0, 255);
      }
    }
    return texture;
  }

  private static float[] field(SplittableRandom random, int coarse, float roughness) {
    float[] height = new float[SIZE * SIZE];
    float weight = 1;
    for (int cells = coarse; cells <= SIZE / 2; cells *= 2) {
      octave(random, height, cells, weight);
      weight *= roughness;
    }
    return height;
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
      int top = y0 * cells;
      int low = (y0 + 1) % cells * cells;
      for (int x = 0; x < SIZE; x++) {
        float gx = (float) x * cells / SIZE;
        int x0 = (int) gx;
        float fx = smooth(gx - x0);
        int x1 = (x0 + 1) % cells;
        float above = grid[top + x0] + fx * (grid[top + x1] - grid[top + x0]);
        float below = grid[low + x0] + fx * (grid[low + x1] - grid[low + x0]);
        height[y * SIZE + x] += weight * (above + fy * (below - above));
      }
    }
  }

  static float smooth(float t) {
    return t * t * (3 - 2 * t);
  }

  /** Adds {@code weight} times the colour at texel (x, y) to {@code out}. */
  void add(double x, double y, float weight, float[] out, int at) {
    int x0 = (int) Math.floor(x);
    int y0 = (int) Math.floor(y);
    float fx = (float) (x - x0);
    float fy = (float) (y - y0);
    int row = (y0 & SIZE - 1) * SIZE;
    int next = (y0 + 1 & SIZE - 1) * SIZE;
    int a = 3 * (row + (x0 & SIZE - 1));
    int b = 3 * (row + (x0 + 1 & SIZE - 1));
    int c = 3 * (next + (x0 & SIZE - 1));
    int d = 3 * (next + (x0 + 1 & SIZE - 1));
    for (int k = 0; k < 3; k++) {
      float top = rgb[a + k] + fx * (rgb[b + k] - rgb[a + k]);
      float low = rgb[c + k] + fx * (rgb[d + k] - rgb[c + k]);
      out[at + k] += weight * (top + fy * (low - top));
    }
  }

  /** Red of the nearest texel. */
  float red(double x, double y) {
    return rgb[3 * (((int) Math.floor(y) & SIZE - 1) * SIZE + ((int) Math.floor(x) & SIZE - 1))];
  }
}
