package org.answerprint.shots;

import java.util.Optional;

/**
 * Tells dissolves and wipes. Around a frame in the midst of one, an earlier and a later frame differ and the frame
 * between is a mixture of both, or pieced together from them; a moving camera gives frames that are neither. Then the
 * share of the later picture must rise steadily from nothing to all.
 */
final class GradualChanges {

  /** Frames that must follow before a frame can be judged. */
  static final int AHEAD = 66;

  private static final int[] HALF_WIDTHS = {4, 6, 9, 13, 18, 24};
  private static final float LEAST_DIFFERENCE = 0.3f;
  private static final float LEAST_QUALITY = 0.6f;
  private static final float LEAST_SCORE = 0.3f;
  private static final float LEAST_MIXED = 0.45f;
  private static final float LEAST_PIECED = 0.5f;
  private static final float LEAST_PIECED_ALIKE = 0.62f;
  private static final float CLEARLY_APART = 0.55f;
  private static final float LEAST_CHANGED = 0.5f;
  private static final int REACH_X = 5;
  private static final int REACH_Y = 3;
  private static final int RETURN = 24;
  private static final float SAME_SCENE = 0.25f;
  private static final float SAME_SHARE = 0.3f;
  private static final int BESIDE = 3;
  private static final float PART = 0.6f;
  private static final int SHORTEST_WIPE = 4;
  private static final int LONGEST = 60;

  private final History history;

  GradualChanges(History history) {
    this.history = history;
  }

  /** A frame with its surest anchors. */
  record Candidate(int frame, int left, int right, float score) {

    static final Candidate NONE = new Candidate(-1, -1, -1, 0);
  }

  /** How much a frame looks like the midst of a change within frames {@code low} to {@code high}, both inside. */
  Candidate judge(int frame, int low, int high) {
    Candidate best = Candidate.NONE;
    for (int half : HALF_WIDTHS) {
      int left = frame - half;
      int right = frame + half;
      if (left < low || right > high) {
        break;
      }
      Candidate found = new Candidate(frame, left, right, score(left, frame, right));
      if (found.score > best.score) {
        best = found;
      }
    }
    return best;
  }

  private float score(int left, int frame, int right) {
    Picture a = history.get(left);
    Picture b = history.get(right);
    float difference = Picture.difference(a, b);
    if (difference < LEAST_DIFFERENCE) {
      return 0;
    }
    if (Blend.of(a, history.get(frame), b).best() < 0.3f) {
      return 0;
    }
    Blend blend = aligned(a, history.get(frame), b);
    if (blend.best() < LEAST_QUALITY || blend.right() < 0.25f || blend.right() > 0.75f) {
      return 0;
    }
    float moved = Picture.shiftedDifference(a, b, 7, 4);
    return moved < LEAST_DIFFERENCE ? 0 : blend.best() * Math.min(1, moved);
  }

  private static Blend aligned(Picture a, Picture middle, Picture b) {
    int[] left = Shift.best(a, middle, REACH_X, REACH_Y);
    int[] right = Shift.best(b, middle, REACH_X, REACH_Y);
    Blend plain = Blend.of(a, middle, b);
    Blend moved = Blend.of(a.shifted(left[0], left[1]), middle, b.shifted(right[0], right[1]));
    return moved.best() > plain.best() ? moved : plain;
  }

  /** Whether a cut found from one frame to the next is only the first or last step of a gradual change beside it. */
  boolean partOf(Change hard, Change change) {
    if (hard.cut() != Cut.HARD || hard.start() < change.start() - BESIDE || hard.start() > change.end() + BESIDE) {
      return false;
    }
    float step = Picture.difference(history.get(hard.start() - 1), history.get(hard.start()));
    float whole = Picture.difference(history.get(change.start() - 1), history.get(change.end()));
    return history.has(hard.start() - 1) && step < PART * whole;
  }

  /** Follows a candidate to both ends; empty where the change is not steady. */
  Optional<Change> follow(Candidate candidate, int low, int high) {
    int left = candidate.left;
    int right = candidate.right;
    Optional<Ramp> ramp = Optional.empty();
    for (int pass = 0; pass < 3; pass++) {
      ramp = Ramp.fit(shares(left, right, low, high), candidate.frame - Math.max(low, left - 12));
      if (ramp.isEmpty()) {
        return Optional.empty();
      }
      int base = Math.max(low, left - 12);
      left = Math.clamp(base + (int) Math.floor(ramp.get().zero()) - 1, low, candidate.frame - 2);
      right = Math.clamp(base + (int) Math.ceil(ramp.get().one()) + 1, candidate.frame + 2, high);
    }
    return extent(left + 1, right - 1, low, high);
  }

  private Optional<Change> extent(int from, int to, int low, int high) {
    int start = Math.max(low + 1, from + 1);
    int end = Math.min(high, to);
    if (end - start < 3 || end - start > LONGEST) {
      return Optional.empty();
    }
    int before = Math.max(low, start - 1);
    Picture a = history.get(before);
    Picture b = history.get(Math.min(high, end));
    if (Picture.shiftedDifference(a, b, 7, 4) < LEAST_DIFFERENCE) {
      return Optional.empty();
    }
    return returns(start - 1, end, low, high) ? Optional.empty() : kind(a, b, start, end);
  }

  /** Whether the scene before is seen again soon after: something crossed the picture, or light came and went. */
  private boolean returns(int before, int after, int low, int high) {
    float same = Math.max(SAME_SCENE, SAME_SHARE * moved(before, after));
    for (int step = 0; step <= RETURN; step += 3) {
      boolean later = after + step <= high && moved(before, after + step) < same;
      boolean earlier = before - step >= low && moved(before - step, after) < same;
      if (later || earlier) {
        return true;
      }
    }
    return false;
  }

  private float moved(int a, int b) {
    return Picture.shiftedDifference(history.get(a), history.get(b), 12, 5);
  }

  private Optional<Change> kind(Picture a, Picture b, int start, int end) {
    float mixed = 0;
    float pieced = 0;
    float best = 0;
    int count = 0;
    int span = end - start;
    for (int t = start + span / 4; t < end - span / 4; t++, count++) {
      Blend blend = aligned(a, history.get(t), b);
      mixed += blend.mixed();
      pieced += blend.pieced();
      best += blend.best();
    }
    Cut cut = mixed > pieced ? Cut.DISSOLVE : Cut.WIPE;
    boolean sure = count > 0 && best / count >= (cut == Cut.DISSOLVE ? LEAST_MIXED : leastPieced(a, b));
    boolean whole = cut == Cut.DISSOLVE || span >= SHORTEST_WIPE && Blend.changed(a, b) >= LEAST_CHANGED;
    return sure && whole ? Optional.of(new Change(start, end, cut)) : Optional.empty();
  }

  /** Scenes that are rather alike must be pieced together more exactly. */
  private static float leastPieced(Picture a, Picture b) {
    return Picture.shiftedDifference(a, b, 7, 4) > CLEARLY_APART ? LEAST_PIECED : LEAST_PIECED_ALIKE;
  }

  private float[] shares(int left, int right, int low, int high) {
    int base = Math.max(low, left - 12);
    int end = Math.min(high, right + 12);
    float[] shares = new float[end - base + 1];
    Picture a = history.get(left);
    Picture b = history.get(right);
    for (int t = base; t <= end; t++) {
      shares[t - base] = t <= left ? 0 : t >= right ? 1 : aligned(a, history.get(t), b).right();
    }
    return shares;
  }
}
