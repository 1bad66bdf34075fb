package org.answerprint.shots;

import java.util.Optional;

/**
 * Tells changes through a plain picture: a run of frames almost without contrast between two scenes. The change
 * reaches outward on both sides as long as contrast keeps growing.
 */
final class Fades {

  /** Frames after a plain run that are looked at. */
  static final int AHEAD = 30;

  private static final float PLAIN = 1.8f;
  private static final float PLAIN_SHARE = 0.45f;
  private static final int LONGEST_SIDE = 28;
  private static final float SAME_SCENE = 0.3f;

  private final History history;

  Fades(History history) {
    this.history = history;
  }

  boolean plain(int frame) {
    Picture picture = history.get(frame);
    return picture.contrast() < PLAIN && (picture.mean() < 40 || picture.mean() > 215);
  }

  /**
   * @param from first frame of the plain run
   * @param to one past its last
   * @param shotStart first frame of the shot that ends
   */
  Optional<Change> over(int from, int to, int shotStart) {
    int before = outward(from - 1, -1, Math.max(shotStart, history.first()));
    int after = outward(to, 1, history.count() - 1);
    if (before < shotStart || after >= history.count() || !history.has(before)) {
      return Optional.empty();
    }
    if (contrastOf(from, to) > PLAIN_SHARE * Math.min(history.get(before).contrast(), history.get(after).contrast())) {
      return Optional.empty();
    }
    boolean sudden = from - 1 - before < 2 && after - to < 2;
    float difference = Picture.shiftedDifference(history.get(before), history.get(after), 5, 3);
    if (difference < SAME_SCENE || sudden && to - from < 3) {
      return Optional.empty();
    }
    return Optional.of(new Change(before + 1, after, Cut.FADE));
  }

  private float contrastOf(int from, int to) {
    float sum = 0;
    int first = Math.max(from, history.first());
    for (int t = first; t < to; t++) {
      sum += history.get(t).contrast();
    }
    return sum / Math.max(1, to - first);
  }

  /** The frame where contrast, growing away from the plain run, reaches its full value. */
  private int outward(int frame, int step, int limit) {
    int at = frame;
    for (int i = 0; i < LONGEST_SIDE && at != limit && (limit - at) * step > 0; i++) {
      float here = history.get(at).contrast();
      float next = history.get(at + step).contrast();
      if (next < here * 1.012f + 0.12f || next > 3 * here + 12) {
        break;
      }
      at += step;
    }
    return at;
  }
}
