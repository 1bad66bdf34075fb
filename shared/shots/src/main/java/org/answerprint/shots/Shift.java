package org.answerprint.shots;

/** Finds by how many cells one picture is the other moved, comparing where they overlap. */
final class Shift {

  private static final float NOISE = 1.5f * 1.5f;

  private Shift() {}

  /**
   * The (dx, dy) for which {@code a} moved so is most like {@code b} in luma: sought at half the size first, then among
   * the neighbours of what was found there.
   */
  static int[] best(Picture a, Picture b, int reachX, int reachY) {
    int[] coarse = coarse(a, b, (reachX + 1) / 2, (reachY + 1) / 2);
    int[] best = {0, 0};
    float most = correlation(a, b, 0, 0, 1) + 0.02f;
    for (int dy = coarse[1] - 1; dy <= coarse[1] + 1; dy++) {
      for (int dx = coarse[0] - 1; dx <= coarse[0] + 1; dx++) {
        float found = Math.abs(dx) > reachX || Math.abs(dy) > reachY ? -1 : correlation(a, b, dx, dy, 1);
        if (found > most) {
          most = found;
          best[0] = dx;
          best[1] = dy;
        }
      }
    }
    return best;
  }

  private static int[] coarse(Picture a, Picture b, int reachX, int reachY) {
    int[] best = {0, 0};
    float most = -1;
    for (int dy = -reachY; dy <= reachY; dy++) {
      for (int dx = -reachX; dx <= reachX; dx++) {
        float found = halfCorrelation(a.half, b.half, dx, dy);
        if (found > most) {
          most = found;
          best[0] = 2 * dx;
          best[1] = 2 * dy;
        }
      }
    }
    return best;
  }

  private static float halfCorrelation(float[] a, float[] b, int dx, int dy) {
    int x0 = Math.max(0, dx);
    int x1 = Math.min(Picture.HALF_WIDTH, Picture.HALF_WIDTH + dx);
    int y1 = Math.min(Picture.HALF_HEIGHT, Picture.HALF_HEIGHT + dy);
    float ab = 0;
    float aa = NOISE;
    float bb = NOISE;
    for (int y = Math.max(0, dy); y < y1; y++) {
      int row = y * Picture.HALF_WIDTH;
      int from = row - dy * Picture.HALF_WIDTH - dx;
      for (int x = x0; x < x1; x++) {
        ab += a[from + x] * b[row + x];
        aa += a[from + x] * a[from + x];
        bb += b[row + x] * b[row + x];
      }
    }
    return ab / (float) Math.sqrt((double) aa * bb);
  }

  static float difference(Picture a, Picture b, int dx, int dy) {
    return 1 - correlation(a, b, dx, dy, 3);
  }

  private static float correlation(Picture a, Picture b, int dx, int dy, int planes) {
    int x0 = Math.max(0, dx);
    int x1 = Math.min(Picture.WIDTH, Picture.WIDTH + dx);
    int y0 = Math.max(0, dy);
    int y1 = Math.min(Picture.HEIGHT, Picture.HEIGHT + dy);
    float n = (x1 - x0) * (y1 - y0);
    float product = 0;
    float left = 0;
    float right = 0;
    for (int p = 0; p < planes; p++) {
      float ab = 0;
      float aa = 0;
      float bb = 0;
      float sa = 0;
      float sb = 0;
      for (int y = y0; y < y1; y++) {
        int rowB = p * Picture.CELLS + y * Picture.WIDTH;
        int rowA = rowB - dy * Picture.WIDTH - dx;
        for (int x = x0; x < x1; x++) {
          float va = a.cells[rowA + x];
          float vb = b.cells[rowB + x];
          ab += va * vb;
          aa += va * va;
          bb += vb * vb;
          sa += va;
          sb += vb;
        }
      }
      boolean centred = p == 0;
      product += centred ? ab - sa * sb / n : ab;
      left += centred ? aa - sa * sa / n : aa;
      right += centred ? bb - sb * sb / n : bb;
    }
    float noise = NOISE * n;
    return (product + noise) / ((float) Math.sqrt(Math.max(0, left) * (double) Math.max(0, right)) + noise);
  }
}
