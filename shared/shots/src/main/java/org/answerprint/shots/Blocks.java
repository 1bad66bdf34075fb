package org.answerprint.shots;

/**
 * How well a picture is made, block by block, of two others: each block a sum of the blocks of both, moved by up to two
 * cells. In a dissolve all blocks have the same share of the later picture, in a wipe most have none or all.
 *
 * @param right mean share of the later picture, 0 to 1, blocks that differ more counting more
 * @param quality 1 where every block is explained, 0 or less where one of both pictures alone explains as much
 * @param spread how far the blocks' shares lie from their mean, 0 to 0.5
 */
record Blocks(float right, float quality, float spread) {

  private static final int SIDE_X = 4;
  private static final int SIDE_Y = 3;
  private static final int REACH_X = 2;
  private static final int REACH_Y = 1;
  private static final float NOISE = 1.5f * 1.5f * 3 * SIDE_X * SIDE_Y;

  static Blocks of(Picture left, Picture middle, Picture right) {
    float rest = 0;
    float toLeft = 0;
    float toRight = 0;
    float weights = 0;
    float shares = 0;
    float squares = 0;
    int[] a = new int[2];
    int[] b = new int[2];
    for (int y = 0; y < Picture.HEIGHT; y += SIDE_Y) {
      for (int x = 0; x < Picture.WIDTH; x += SIDE_X) {
        nearest(left, middle, x, y, a);
        nearest(right, middle, x, y, b);
        float cross = 0;
        float span = 0;
        float own = 0;
        float other = 0;
        for (int p = 0; p < 3; p++) {
          for (int v = y; v < y + SIDE_Y; v++) {
            int row = p * Picture.CELLS + v * Picture.WIDTH;
            int rowA = row + a[1] * Picture.WIDTH + a[0];
            int rowB = row + b[1] * Picture.WIDTH + b[0];
            for (int u = x; u < x + SIDE_X; u++) {
              float d = right.cells[rowB + u] - left.cells[rowA + u];
              float m = middle.cells[row + u] - left.cells[rowA + u];
              cross += m * d;
              span += d * d;
              own += m * m;
              other += (d - m) * (d - m);
            }
          }
        }
        toLeft += own;
        toRight += other;
        float share = Math.clamp(cross / (span + 1), 0, 1);
        rest += Math.max(0, own - 2 * share * cross + share * share * span);
        float weight = span + NOISE;
        weights += weight;
        shares += weight * share;
        squares += weight * share * share;
      }
    }
    float mean = shares / weights;
    float noise = NOISE * Picture.CELLS / (SIDE_X * SIDE_Y);
    float quality = 1 - (rest + noise / 4) / (Math.min(toLeft, toRight) + noise);
    return new Blocks(mean, quality, (float) Math.sqrt(Math.max(0, squares / weights - mean * mean)));
  }

  /** The small move of the first picture's block for which its luma differs least. */
  private static void nearest(Picture from, Picture to, int x, int y, int[] move) {
    float least = Float.MAX_VALUE;
    for (int dy = -REACH_Y; dy <= REACH_Y; dy++) {
      if (y + dy < 0 || y + dy + SIDE_Y > Picture.HEIGHT) {
        continue;
      }
      for (int dx = -REACH_X; dx <= REACH_X; dx++) {
        if (x + dx < 0 || x + dx + SIDE_X > Picture.WIDTH) {
          continue;
        }
        float found = apart(from, to, x, y, dx, dy) * (dx == 0 && dy == 0 ? 0.9f : 1);
        if (found < least) {
          least = found;
          move[0] = dx;
          move[1] = dy;
        }
      }
    }
  }

  private static float apart(Picture from, Picture to, int x, int y, int dx, int dy) {
    float sum = 0;
    for (int v = y; v < y + SIDE_Y; v++) {
      int row = v * Picture.WIDTH;
      int moved = row + dy * Picture.WIDTH + dx;
      for (int u = x; u < x + SIDE_X; u++) {
        float d = to.cells[row + u] - from.cells[moved + u];
        sum += d * d;
      }
    }
    return sum;
  }
}
