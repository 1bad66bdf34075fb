package org.answerprint.shots;

import java.util.Optional;

/**
 * Proposes changes through a plain picture: frames almost without contrast between two scenes. On both sides contrast
 * grows away from there in a straight line, and where the line meets the scene's own contrast is the extent.
 */
final class Fades {

  /** Frames after a plain run that are looked at. */
  static final int AHEAD = 70;

  private static final Judge JUDGE = Judge.named("fade");
  private static final float PLAIN = 3;
  private static final float DIP = 0.3f;
  private static final int LONGEST_SIDE = 60;

  private final History history;

  Fades(History history) {
    this.history = history;
  }

  /** Whether a frame is nearly plain and dark or bright, or its contrast dips deep between that of its neighbours. */
  boolean plain(int frame) {
    Picture picture = history.get(frame);
    float contrast = picture.contrast();
    return contrast < PLAIN && (picture.mean() < 60 || picture.mean() > 190)
        || (picture.mean() < 30 || picture.mean() > 225) && contrast < DIP * Math.min(most(frame, -1), most(frame, 1));
  }

  private float most(int frame, int step) {
    float most = 0;
    for (int at = frame + step, i = 0; i < 10 && history.has(at); i++, at += step) {
      most = Math.max(most, history.get(at).contrast());
    }
    return most;
  }

  /**
   * @param from first frame of the plain run
   * @param to one past its last
   * @param low first frame that may belong to the shot that ends
   * @param high last frame that may belong to the shot that begins
   */
  Optional<Proposal> over(int from, int to, int low, int high, double rate) {
    int before = outward(from, -1, low);
    int after = outward(to - 1, 1, high);
    if (before < low || after > high || before >= from || after < to || !history.has(before) || !history.has(after)) {
      return Optional.empty();
    }
    float[] measures = measures(from, to, before, after, rate);
    return Optional.of(new Proposal(new Change(before + 1, after, Cut.FADE), measures, JUDGE.sure(measures)));
  }

  private float[] measures(int from, int to, int before, int after, double rate) {
    Picture a = history.get(before);
    Picture b = history.get(after);
    float least = Float.MAX_VALUE;
    float mean = 0;
    int first = Math.max(from, history.first());
    for (int frame = first; frame < to; frame++) {
      least = Math.min(least, history.get(frame).contrast());
      mean = history.get(frame).mean();
    }
    float lower = Math.min(a.contrast(), b.contrast());
    return new float[] {
        least / (lower + 0.5f), (float) Math.log(lower + 0.5), Picture.difference(a, b),
        Picture.shiftedDifference(a, b, 7, 4), Picture.lumaDifference(a, b),
        (float) Math.log(from - before), (float) Math.log(after - to + 1), (float) Math.log(to - from),
        Math.abs(mean - 128) / 100, Math.min(Math.abs(mean - a.mean()), Math.abs(mean - b.mean())) / 50,
        straight(from, before), straight(to - 1, after), (float) Math.log(rate / 25),
        Math.max(history.step(before + 1), history.step(after)), returns(before, after)
    };
  }

  private float returns(int before, int after) {
    float least = 2;
    for (int step = 0; step <= 12; step += 4) {
      if (history.has(before - step) && history.has(after + step)) {
        least = Math.min(least, Picture.shiftedDifference(history.get(before - step), history.get(after + step), 12, 5));
      }
    }
    return least;
  }

  /** How far contrast strays from the straight line between a plain frame and a scene's, as a share of the scene's. */
  private float straight(int plain, int scene) {
    int step = Integer.signum(scene - plain);
    float full = history.get(scene).contrast() + 0.5f;
    float off = 0;
    int count = 0;
    for (int at = plain; at != scene && history.has(at); at += step, count++) {
      float line = full * Math.abs(at - plain) / Math.abs(scene - plain);
      off += Math.abs(history.get(at).contrast() - line) / full;
    }
    return count == 0 ? 0 : off / count;
  }

  /** The nearest frame beyond a plain one where the scene has its full contrast. */
  private int outward(int plain, int step, int limit) {
    int far = plain;
    float[] share = new float[LONGEST_SIDE + 1];
    float floor = history.has(plain) ? history.get(plain).contrast() : 0;
    int n = 0;
    while (n <= LONGEST_SIDE && (limit - far) * step >= 0 && history.has(far)) {
      share[n++] = Math.max(0, history.get(far).contrast() - Math.min(floor, 1));
      far += step;
    }
    if (n < 2) {
      return plain + step;
    }
    int full = plateau(share, n);
    float[] part = new float[Math.min(n, full + Math.max(6, full / 2))];
    for (int i = 0; i < part.length; i++) {
      part[i] = share[i] / share[full];
    }
    Rise rise = Rise.fit(part);
    return plain + step * (rise.height() > 0 ? rise.one() : full);
  }

  /** The first place from which contrast no longer grows by much. */
  private static int plateau(float[] contrast, int n) {
    for (int at = 1; at < n - 1; at++) {
      float next = 0;
      for (int i = at + 1; i < Math.min(n, at + 5); i++) {
        next = Math.max(next, contrast[i]);
      }
      if (contrast[at] > 1 && next < contrast[at] * 1.03f + 0.3f) {
        return at;
      }
    }
    return n - 1;
  }
}
