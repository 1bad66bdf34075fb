package org.answerprint.shots;

import java.util.Optional;

/**
 * Proposes hard cuts: frames that differ from the one before more than their neighbours do, where none of a few frames
 * before is like any of a few from it on. A flash has its scene on both sides; a whip pan or a shaken camera differs
 * beside the place as much as at it; a thing that passes is followed by what was there before.
 */
final class HardCuts {

  /** Frames that must follow before a frame can be judged. */
  static final int AHEAD = 26;

  private static final Judge JUDGE = Judge.named("hard");
  private static final int WINDOW = 5;
  private static final float LEAST_STEP = 0.07f;
  private static final float LEAST_ACROSS = 0.05f;
  private static final float LEAST_PROMINENCE = 0.45f;
  private static final int RIVAL_REACH = 16;
  private static final int REACH_X = 7;
  private static final int REACH_Y = 4;

  private final History history;

  HardCuts(History history) {
    this.history = history;
  }

  /**
   * The proposal that a shot begins with a frame.
   *
   * @param rate frames a second
   */
  Optional<Proposal> at(int frame, double rate) {
    float step = history.step(frame);
    if (!history.has(frame - 1) || step < LEAST_STEP
        || Math.max(history.step(frame - 1), history.step(frame + 1)) * LEAST_PROMINENCE > step) {
      return Optional.empty();
    }
    float across = across(frame);
    if (across < LEAST_ACROSS) {
      return Optional.empty();
    }
    float[] measures = measures(frame, across, rate);
    return Optional.of(new Proposal(new Change(frame, frame, Cut.HARD), measures, JUDGE.sure(measures)));
  }

  private float[] measures(int frame, float across, double rate) {
    Picture before = history.get(frame - 1);
    Picture after = history.get(frame);
    float step = history.step(frame);
    float before1 = history.step(frame - 1);
    float after1 = history.step(frame + 1);
    float before3 = Math.max(before1, Math.max(history.step(frame - 2), history.step(frame - 3)));
    float after3 = Math.max(after1, Math.max(history.step(frame + 2), history.step(frame + 3)));
    float movedBefore = Math.max(history.shiftedStep(frame - 1), history.shiftedStep(frame - 2));
    float movedAfter = Math.max(history.shiftedStep(frame + 1), history.shiftedStep(frame + 2));
    int window = Math.clamp((int) (0.45 * rate), 8, AHEAD - WINDOW - 1);
    return new float[] {
        step, history.shiftedStep(frame), across, acrossShifted(frame), farAcross(frame, window),
        returns(frame, window), enclosed(frame, window), before1, after1, before3, after3, movedBefore, movedAfter,
        history.motion(frame - 6, frame), history.motion(frame + 1, frame + 7),
        (float) Math.log((step + 0.02) / (Math.max(before3, after3) + 0.02)),
        Picture.lumaDifference(before, after), Picture.levels(before, after) / 64,
        Math.abs((float) Math.log((before.contrast() + 1) / (after.contrast() + 1))),
        (float) Math.log(Math.min(before.contrast(), after.contrast()) + 0.5),
        Math.abs(before.mean() - after.mean()) / 100, Blend.changed(before, after), alikeBlocks(before, after),
        (float) Math.log(rate / 25),
        Math.min(lumaAcross(frame, 2), lumaAcross(frame, 4)), rivals(frame, 0.5f), rivals(frame, 0.8f)
    };
  }

  private float difference(int a, int b) {
    return history.has(a) && history.has(b) ? Picture.difference(history.get(a), history.get(b)) : 2;
  }

  /** How many frames nearby differ as much from the one before: motion at a lower rate than the film's shows so. */
  private int rivals(int frame, float part) {
    int rivals = 0;
    for (int other = frame - RIVAL_REACH; other <= frame + RIVAL_REACH; other++) {
      rivals += other != frame && history.step(other) > part * history.step(frame) ? 1 : 0;
    }
    return rivals;
  }

  private float lumaAcross(int frame, int distance) {
    int a = Math.max(frame - distance, history.first());
    int b = Math.min(frame - 1 + distance, history.count() - 1);
    return Picture.lumaDifference(history.get(a), history.get(b));
  }

  private float shifted(int a, int b) {
    return history.has(a) && history.has(b)
        ? Picture.shiftedDifference(history.get(a), history.get(b), REACH_X, REACH_Y) : 2;
  }

  private float across(int frame) {
    float least = 2;
    for (int a = frame - 1; a >= frame - WINDOW; a--) {
      for (int b = frame; b < frame + WINDOW && least >= LEAST_ACROSS; b++) {
        least = Math.min(least, difference(a, b));
      }
    }
    return least;
  }

  /** The same for the frames at the place and those farther off, where the camera may have moved meanwhile. */
  private float acrossShifted(int frame) {
    float least = history.shiftedStep(frame);
    for (int distance = 2; distance <= WINDOW; distance++) {
      least = Math.min(least, Math.min(shifted(frame - distance, frame), shifted(frame - 1, frame - 1 + distance)));
    }
    return least;
  }

  /** The least difference of frames equally far from the place. */
  private float farAcross(int frame, int window) {
    float least = 2;
    for (int distance = WINDOW + 1; distance <= window; distance += 2) {
      least = Math.min(least, difference(frame - distance, frame - 1 + distance));
    }
    return Math.min(least, 1.5f);
  }

  /** Least difference of the frame before to what comes later, or of this one to what was earlier. */
  private float returns(int frame, int window) {
    float least = 1.5f;
    for (int distance = WINDOW; distance <= window; distance += 2) {
      least = Math.min(least, Math.min(shifted(frame - 1, frame + distance), shifted(frame - 1 - distance, frame)));
    }
    return least;
  }

  /** Least shifted difference of what was well before to what comes well after. */
  private float enclosed(int frame, int window) {
    float least = 1.5f;
    for (int distance = 3; distance <= window; distance += 4) {
      least = Math.min(least, Math.min(shifted(frame - 2, frame + distance), shifted(frame - distance, frame + 1)));
      least = Math.min(least, shifted(frame - distance, frame + distance));
    }
    return least;
  }

  /** The part of 24 blocks whose luma, brightness and contrast taken away, is alike in both. */
  static float alikeBlocks(Picture a, Picture b) {
    int alike = 0;
    int blocks = 0;
    for (int y = 0; y + 6 <= Picture.HEIGHT; y += 6) {
      for (int x = 0; x < Picture.WIDTH; x += 4, blocks++) {
        alike += correlation(a, b, x, y) > 0.7 ? 1 : 0;
      }
    }
    return (float) alike / blocks;
  }

  private static double correlation(Picture a, Picture b, int x, int y) {
    double sa = 0;
    double sb = 0;
    double aa = 0;
    double bb = 0;
    double ab = 0;
    for (int v = y; v < y + 6; v++) {
      for (int at = v * Picture.WIDTH + x; at < v * Picture.WIDTH + x + 4; at++) {
        sa += a.cells[at];
        sb += b.cells[at];
        aa += a.cells[at] * a.cells[at];
        bb += b.cells[at] * b.cells[at];
        ab += a.cells[at] * b.cells[at];
      }
    }
    double noise = 24;
    return (ab - sa * sb / 24 + noise) / (Math.sqrt((aa - sa * sa / 24 + 1e-3) * (bb - sb * sb / 24 + 1e-3)) + noise);
  }
}
