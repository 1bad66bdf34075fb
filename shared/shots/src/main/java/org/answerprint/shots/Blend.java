package org.answerprint.shots;

/**
 * How well a picture is made of two others.
 *
 * @param right share of the right picture, 0 to 1
 * @param mixed 1 where it is exactly a sum of both, about 0.25 where all three are unrelated, 0 where it is one of them
 * @param pieced 1 where every part of it is exactly one of both
 */
record Blend(float right, float mixed, float pieced) {

  private static final int BLOCK_X = 4;
  private static final int BLOCK_Y = 3;
  private static final float VISIBLE = 5 * 5;
  private static final float NOISE = 1.5f * 1.5f * Picture.CELLS;

  float best() {
    return Math.max(mixed, pieced);
  }

  static Blend of(Picture left, Picture middle, Picture right) {
    float cross = 0;
    float span = 0;
    float toLeft = 0;
    float toRight = 0;
    for (int i = 0; i < 3 * Picture.CELLS; i++) {
      float d = right.cells[i] - left.cells[i];
      float m = middle.cells[i] - left.cells[i];
      float r = d - m;
      cross += m * d;
      span += d * d;
      toLeft += m * m;
      toRight += r * r;
    }
    float share = Math.clamp(cross / (span + 1), 0, 1);
    float rest = Math.max(0, toLeft - 2 * share * cross + share * share * span);
    float nearest = Math.min(toLeft, toRight) + NOISE;
    return new Blend(share, 1 - (rest + NOISE / 4) / nearest, 1 - (pieces(left, middle, right) + NOISE / 4) / nearest);
  }

  private static float pieces(Picture left, Picture middle, Picture right) {
    float rest = 0;
    for (int y = 0; y < Picture.HEIGHT; y += BLOCK_Y) {
      for (int x = 0; x < Picture.WIDTH; x += BLOCK_X) {
        rest += Math.min(block(left, middle, x, y), block(right, middle, x, y));
      }
    }
    return rest;
  }

  /** The part of the picture where two pictures differ visibly, 0 to 1. */
  static float changed(Picture a, Picture b) {
    int count = 0;
    for (int y = 0; y < Picture.HEIGHT; y += BLOCK_Y) {
      for (int x = 0; x < Picture.WIDTH; x += BLOCK_X) {
        count += block(a, b, x, y) > VISIBLE * BLOCK_X * BLOCK_Y ? 1 : 0;
      }
    }
    return (float) count * BLOCK_X * BLOCK_Y / Picture.CELLS;
  }

  private static float block(Picture a, Picture b, int x, int y) {
    float sum = 0;
    for (int p = 0; p < 3; p++) {
      for (int v = y; v < y + BLOCK_Y; v++) {
        int row = p * Picture.CELLS + v * Picture.WIDTH;
        for (int u = x; u < x + BLOCK_X; u++) {
          float d = a.cells[row + u] - b.cells[row + u];
          sum += d * d;
        }
      }
    }
    return sum;
  }
}
