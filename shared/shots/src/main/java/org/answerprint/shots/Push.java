package org.answerprint.shots;

/**
 * How well a picture is one picture moving out beside another that moves in: both move (push), only the new one (it
 * slides over the old one), or only the old one (it uncovers the new one).
 *
 * @param right share of the picture that the later one has, 0 to 1
 * @param quality 1 where this explains the picture, 0 or less where one of both alone explains as much
 * @param direction 0 left, 1 right, 2 up, 3 down: where to
 * @param mover 0 both, 1 the new one, 2 the old one
 */
record Push(float right, float quality, int direction, int mover) {

  static final Push NONE = new Push(0, -1, 0, 0);
  private static final float NOISE = 1.5f * 1.5f * Picture.CELLS;

  /** The best explanation of all. */
  static Push of(Picture left, Picture middle, Picture right) {
    Push best = NONE;
    for (int direction = 0; direction < 4; direction++) {
      for (int mover = 0; mover < 3; mover++) {
        Push found = of(left, middle, right, direction, mover);
        best = found.quality > best.quality ? found : best;
      }
    }
    return best;
  }

  /** The best share for a direction and a mover. */
  static Push of(Picture left, Picture middle, Picture right, int direction, int mover) {
    int size = direction < 2 ? Picture.WIDTH : Picture.HEIGHT;
    float nearest = Math.min(apart(left, middle), apart(right, middle)) + NOISE;
    float least = Float.MAX_VALUE;
    int at = 0;
    for (int cells = 1; cells < size; cells++) {
      float rest = rest(left, middle, right, direction, mover, cells, least);
      if (rest < least) {
        least = rest;
        at = cells;
      }
    }
    return new Push((float) at / size, 1 - (least + NOISE / 4) / nearest, direction, mover);
  }

  private static float apart(Picture a, Picture b) {
    float sum = 0;
    for (int i = 0; i < Picture.CELLS; i++) {
      sum += (a.cells[i] - b.cells[i]) * (a.cells[i] - b.cells[i]);
    }
    return sum;
  }

  private static float rest(
      Picture left, Picture middle, Picture right, int direction, int mover, int cells, float least) {
    boolean across = direction < 2;
    boolean back = (direction & 1) == 1;
    int size = across ? Picture.WIDTH : Picture.HEIGHT;
    int lines = across ? Picture.HEIGHT : Picture.WIDTH;
    int along = across ? 1 : Picture.WIDTH;
    int down = across ? Picture.WIDTH : 1;
    float rest = 0;
    for (int place = 0; place < size && rest < least; place++) {
      boolean fresh = place >= size - cells;
      int from = fresh ? mover == 2 ? place : place - size + cells : mover == 1 ? place : place + cells;
      int to = (back ? size - 1 - place : place) * along;
      int source = (back ? size - 1 - from : from) * along;
      float[] picture = fresh ? right.cells : left.cells;
      for (int line = 0; line < lines; line++) {
        float d = middle.cells[to + line * down] - picture[source + line * down];
        rest += d * d;
      }
    }
    return rest;
  }
}
