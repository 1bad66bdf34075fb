package org.answerprint.shots;

/** Finds by how many cells one picture is the other moved, comparing where they overlap. */
final class Shift {

  private static final float NOISE = 1.5f * 1.5f;

  private Shift() {}

  /** The (dx, dy) for which {@code a} moved so is most like {@code b} in luma. */
  static int[] best(Picture a, Picture b, int reachX, int reachY) {
    int[] best = {0, 0};
    float most = correlation(a, b, 0, 0, 1) + 0.02f;
    for (int dy = -reachY; dy <= reachY; dy++) {
      for (int dx = -reachX; dx <= reachX; dx++) {
        float found = correlation(a, b, dx, dy, 1);
        if (found > most) {
          most = found;
          best[0] = dx;
          best[1] = dy;
        }
      }
    }
    return best;
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
