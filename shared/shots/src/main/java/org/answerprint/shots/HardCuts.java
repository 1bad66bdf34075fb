package org.answerprint.shots;

/**
 * Tells hard cuts. A frame begins a shot where none of the five frames before it is like any of the five from it on,
 * and both sides move less than what lies between them: a flash of up to four frames has its scene on both sides, and
 * a whip pan or a shaken camera differs as much from frame to frame beside the place as at it.
 */
final class HardCuts {

  /** Frames that must follow before a frame can be judged. */
  static final int AHEAD = 13;

  private static final int WINDOW = 5;

  private static final float LEAST_STEP = 0.12f;
  private static final float LEAST_SCORE = 0.14f;
  private static final float MOTION_WEIGHT = 1.1f;
  private static final float BUSY = 0.08f;
  private static final float SAME_SHARE = 0.5f;
  private static final float SHIFT_WEIGHT = 0.7f;
  private static final int REACH_X = 7;
  private static final int REACH_Y = 4;

  private final History history;

  HardCuts(History history) {
    this.history = history;
  }

  boolean cutAt(int frame, int shotStart) {
    if (frame - 1 < shotStart || !history.has(frame - 1) || !history.has(frame)) {
      return false;
    }
    float step = Picture.difference(history.get(frame - 1), history.get(frame));
    if (step <= LEAST_STEP) {
      return false;
    }
    float motion = motion(frame, shotStart);
    float least = LEAST_SCORE + MOTION_WEIGHT * motion;
    return across(frame, shotStart) > least && acrossShifted(frame, shotStart) > least
        && !(motion > BUSY && returns(frame, shotStart, SAME_SHARE * step));
  }

  /** Whether something large only passes: the scene of before is there again soon after. */
  private boolean returns(int frame, int shotStart, float same) {
    for (int distance = WINDOW; distance < AHEAD; distance++) {
      int before = frame - 1 - distance;
      int after = frame + distance;
      if (history.has(after) && shifted(frame - 1, after) < same
          || before >= shotStart && history.has(before) && shifted(before, frame) < same
          || before >= shotStart && history.has(before) && history.has(after - WINDOW)
              && shifted(before, after - WINDOW) < same) {
        return true;
      }
    }
    return false;
  }

  private float across(int frame, int shotStart) {
    float least = 2;
    for (int a = frame - 1; a >= Math.max(shotStart, frame - WINDOW) && history.has(a); a--) {
      for (int b = frame; b < frame + WINDOW && history.has(b); b++) {
        least = Math.min(least, Picture.difference(history.get(a), history.get(b)));
        if (least < LEAST_STEP) {
          return least;
        }
      }
    }
    return least;
  }

  /** The same for the frames at the place and those farther off, where the camera may have moved meanwhile. */
  private float acrossShifted(int frame, int shotStart) {
    float least = shifted(frame - 1, frame);
    for (int distance = 2; distance <= WINDOW; distance++) {
      int a = frame - distance;
      int b = frame - 1 + distance;
      if (a >= shotStart && history.has(a)) {
        least = Math.min(least, shifted(a, frame));
      }
      if (history.has(b)) {
        least = Math.min(least, shifted(frame - 1, b));
      }
    }
    return least;
  }

  private float motion(int frame, int shotStart) {
    float most = 0;
    for (int distance = 1; distance <= 2; distance++) {
      int before = frame - 1 - distance;
      int after = frame + distance;
      float weight = distance == 1 ? 1 : 0.6f;
      if (before >= shotStart && history.has(before)) {
        most = Math.max(most, weight * moved(before, before + 1));
      }
      if (history.has(after)) {
        most = Math.max(most, weight * moved(after - 1, after));
      }
    }
    return most;
  }

  /** What a shift of the whole picture explains still counts in part: a whip pan begins and ends blurred. */
  private float moved(int a, int b) {
    float still = Picture.difference(history.get(a), history.get(b));
    return Math.max(SHIFT_WEIGHT * still, shifted(a, b));
  }

  private float shifted(int a, int b) {
    return Picture.shiftedDifference(history.get(a), history.get(b), REACH_X, REACH_Y);
  }
}
