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
    float nearest = nearest(left, middle, right);
    Push best = NONE;
    float least = Float.MAX_VALUE;
    for (int direction = 0; direction < 4; direction++) {
      for (int mover = 0; mover < 3; mover++) {
        Fit fit = Fit.of(left, middle, right, direction, mover, least);
        Push found = fit.push(nearest, direction, mover);
        if (fit.at > 0 && found.quality > best.quality) {
          best = found;
          least = fit.rest;
        }
      }
    }
    return best;
  }

  /** The best share for a direction and a mover. */
  static Push of(Picture left, Picture middle, Picture right, int direction, int mover) {
    return Fit.of(left, middle, right, direction, mover, Float.MAX_VALUE).push(nearest(left, middle, right), direction, mover);
  }

  /** What the better one of both pictures alone leaves unexplained. */
  private static float nearest(Picture left, Picture middle, Picture right) {
    return Math.min(apart(left, middle), apart(right, middle)) + NOISE;
  }

  /**
   * A number of cells by which things have moved, and what that leaves unexplained.
   *
   * @param at 0 where every number leaves as much as was to be beaten
   */
  private record Fit(int at, float rest) {

    /** The best one, where it leaves less than {@code least}. */
    static Fit of(Picture left, Picture middle, Picture right, int direction, int mover, float least) {
      int size = size(direction);
      Fit best = new Fit(0, least);
      for (int cells = 1; cells < size; cells++) {
        float rest = Push.rest(left, middle, right, direction, mover, cells, best.rest);
        best = rest < best.rest ? new Fit(cells, rest) : best;
      }
      return best;
    }

    Push push(float nearest, int direction, int mover) {
      return new Push((float) at / size(direction), 1 - (rest + NOISE / 4) / nearest, direction, mover);
    }
  }

  private static int size(int direction) {
    return direction < 2 ? Picture.WIDTH : Picture.HEIGHT;
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
    int size = size(direction);
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
