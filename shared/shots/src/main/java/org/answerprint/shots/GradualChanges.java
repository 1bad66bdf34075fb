package org.answerprint.shots;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Proposes dissolves and wipes. Around a frame in the midst of one, an earlier and a later frame differ and the frame
 * between is made of both: mixed, pieced together, or one moving out as the other moves in. The share of the later
 * picture then rises from none to all, and where it begins and ends to rise is the extent.
 */
final class GradualChanges {

  /** Frames that must follow before a frame can be judged. */
  static final int AHEAD = 72;

  private static final Judge JUDGE = Judge.named("gradual");
  private static final int[] HALF_WIDTHS = {4, 6, 9, 13, 18, 24, 32, 44};
  private static final int MARGIN = 4;
  private static final float LEAST_DIFFERENCE = 0.2f;
  private static final float LEAST_QUALITY = 0.24f;
  private static final int BESIDE = 4;
  private static final int SHORTEST_PUSH = 6;
  private static final int WIDENINGS = 4;
  private static final int RETURN = 24;
  private static final float WIPE_SPREAD = 0.21f;
  private static final int LONGEST = 96;

  private final History history;

  GradualChanges(History history) {
    this.history = history;
  }

  /** A frame with its surest anchors, and whether the pictures move instead of mixing. */
  record Candidate(int frame, int left, int right, float score, Push push) {

    static final Candidate NONE = new Candidate(-1, -1, -1, 0, Push.NONE);

    boolean moves() {
      return push != Push.NONE;
    }
  }

  /** How much a frame looks like the midst of a mixture (first), and of a push (second), within two frames. */
  Candidate[] judge(int frame, int low, int high) {
    Candidate mixture = Candidate.NONE;
    Candidate push = Candidate.NONE;
    Picture middle = history.get(frame);
    for (int half : HALF_WIDTHS) {
      int left = frame - half;
      int right = frame + half;
      if (left < low || right > high) {
        break;
      }
      Picture a = history.get(left);
      Picture b = history.get(right);
      float difference = Picture.difference(a, b);
      if (difference < LEAST_DIFFERENCE) {
        continue;
      }
      Candidate found = mixture(frame, left, right, mixture.score);
      mixture = found.score > mixture.score ? found : mixture;
      if (half >= SHORTEST_PUSH && found.score < 0.5f && settled(left, right, low, high, difference)
          && Picture.difference(a, middle) > 0.15f && Picture.difference(middle, b) > 0.15f) {
        Push by = Push.of(a, middle, b);
        float score = by.quality() * Math.min(1, difference);
        if (score > push.score && by.quality() > LEAST_QUALITY && by.right() > 0.2f && by.right() < 0.8f) {
          push = new Candidate(frame, left, right, score, by);
        }
      }
    }
    return new Candidate[] {mixture, push};
  }

  private Candidate mixture(int frame, int left, int right, float least) {
    Picture a = history.get(left);
    Picture b = history.get(right);
    Picture middle = history.get(frame);
    Blend blend = Blend.of(a, middle, b);
    if (blend.best() < 0.05f) {
      return Candidate.NONE;
    }
    float moved = Picture.shiftedDifference(a, b, 7, 4);
    if (moved < LEAST_DIFFERENCE || Math.min(1, moved) <= least) {
      return Candidate.NONE;
    }
    Blocks blocks = Blocks.of(a, middle, b);
    boolean midst = blocks.right() > 0.25f && blocks.right() < 0.75f;
    if (blocks.quality() < LEAST_QUALITY || !midst) {
      return Candidate.NONE;
    }
    return new Candidate(frame, left, right, blocks.quality() * Math.min(1, moved), Push.NONE);
  }

  /** Whether the pictures outside two frames change less than what lies between. */
  private boolean settled(int left, int right, int low, int high, float difference) {
    float before = Picture.difference(history.get(Math.max(low, left - 2)), history.get(left));
    float after = Picture.difference(history.get(right), history.get(Math.min(high, right + 2)));
    return Math.max(before, after) < 0.7f * difference;
  }

  /** Follows a candidate to both ends; empty where the share does not rise. */
  Optional<Proposal> follow(Candidate candidate, int low, int high, double rate) {
    int left = candidate.left;
    int right = candidate.right;
    Rise rise = Rise.fit(shares(candidate, left, right));
    for (int pass = 0; pass < WIDENINGS; pass++) {
      int wider = Math.max(4, (right - left) / 4);
      int nextLeft = rise.zero() <= 1 ? Math.max(low, left - wider) : left;
      int nextRight = rise.one() >= right - left - 1 ? Math.min(high, right + wider) : right;
      if (nextLeft == left && nextRight == right || nextRight - nextLeft > LONGEST + 2 * MARGIN) {
        break;
      }
      left = nextLeft;
      right = nextRight;
      rise = Rise.fit(shares(candidate, left, right));
    }
    int nearLeft = Math.max(low, left + rise.zero() - MARGIN);
    int nearRight = Math.min(high, left + rise.one() + MARGIN);
    if (nearLeft > left || nearRight < right) {
      left = nearLeft;
      right = nearRight;
      rise = Rise.fit(shares(candidate, left, right));
    }
    int start = left + rise.zero() + 1;
    int end = left + rise.one();
    boolean beside = start - low >= BESIDE && high - end + 1 >= BESIDE;
    if (!beside || rise.height() == 0 || end - start < 2 || end - start > LONGEST
        || Picture.difference(history.get(start - 1), history.get(end)) < LEAST_DIFFERENCE) {
      return Optional.empty();
    }
    return Optional.of(propose(candidate, rise, start, end, low, high, rate));
  }

  private Proposal propose(
      Candidate candidate, Rise rise, int start, int end, int low, int high, double rate) {
    Picture a = history.get(start - 1);
    Picture b = history.get(end);
    List<Integer> samples = samples(start, end);
    float mixed = 0;
    float pieced = 0;
    float block = 0;
    float least = 1;
    float spread = 0;
    float pushed = 0;
    float dip = 0;
    for (int frame : samples) {
      Picture middle = history.get(frame);
      Blend blend = aligned(a, middle, b);
      Blocks blocks = Blocks.of(a, middle, b);
      Push push = candidate.moves()
          ? Push.of(a, middle, b, candidate.push.direction(), candidate.push.mover()) : Push.NONE;
      mixed += blend.mixed() / samples.size();
      pieced += blend.pieced() / samples.size();
      block += blocks.quality() / samples.size();
      spread += blocks.spread() / samples.size();
      pushed += push.quality() / samples.size();
      least = Math.min(least, Math.max(blocks.quality(), Math.max(blend.best(), push.quality())));
      dip += middle.contrast() / samples.size();
    }
    int inside = end - start + 1;
    float most = 0;
    float stepSum = 0;
    for (int frame = start; frame <= end; frame++) {
      most = Math.max(most, history.step(frame));
      stepSum += history.step(frame);
    }
    float whole = Picture.difference(a, b);
    float shifted = Picture.shiftedDifference(a, b, 7, 4);
    float contrast = (a.contrast() + b.contrast()) / 2 + 0.5f;
    float[] measures = {
        whole, shifted, Picture.lumaDifference(a, b), mixed, pieced, block, pushed, least, spread,
        (float) Math.log(end - start), rise.fit(), rise.height(),
        Blend.changed(a, b), HardCuts.alikeBlocks(a, b), returns(start - 1, end, low, high),
        history.motion(Math.max(low + 1, start - 6), start), history.motion(end + 1, Math.min(high + 1, end + 7)),
        stepSum / inside, most / (whole + 0.05f), history.motion(start, end + 1), dip / contrast,
        Math.abs((float) Math.log((a.contrast() + 1) / (b.contrast() + 1))),
        (float) Math.log(Math.min(a.contrast(), b.contrast()) + 0.5), Math.abs(a.mean() - b.mean()) / 100,
        (float) Math.log(rate / 25), drift(start - 1, -1, low), drift(end, 1, high),
        Picture.shiftedDifference(a, history.get((start + end) / 2), 12, 5),
        Picture.shiftedDifference(b, history.get((start + end) / 2), 12, 5), candidate.moves() ? 1 : 0
    };
    boolean wipe = candidate.moves() || spread > WIPE_SPREAD;
    Change change = new Change(start, end, wipe ? Cut.WIPE : Cut.DISSOLVE);
    return new Proposal(change, measures, JUDGE.sure(measures));
  }

  /** Up to seven frames of the middle three fifths. */
  private static List<Integer> samples(int start, int end) {
    int span = end - start;
    int from = start + span / 5;
    int to = Math.max(from + 1, end - span / 5);
    List<Integer> samples = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      int frame = from + (to - from) * i / 7;
      if (samples.isEmpty() || samples.getLast() != frame) {
        samples.add(frame);
      }
    }
    return samples;
  }

  private static Blend aligned(Picture a, Picture middle, Picture b) {
    int[] left = Shift.best(a, middle, 5, 3);
    int[] right = Shift.best(b, middle, 5, 3);
    Blend plain = Blend.of(a, middle, b);
    Blend moved = Blend.of(a.shifted(left[0], left[1]), middle, b.shifted(right[0], right[1]));
    return moved.best() > plain.best() ? moved : plain;
  }

  /** How the scene changes within six frames beside the extent, shifts taken away. */
  private float drift(int frame, int step, int limit) {
    int far = step < 0 ? Math.max(limit, frame - 6) : Math.min(limit, frame + 6);
    return Picture.shiftedDifference(history.get(frame), history.get(far), 7, 4);
  }

  /** The least difference of what was before to what comes soon after: something crossed, or light came and went. */
  private float returns(int before, int after, int low, int high) {
    float least = 2;
    for (int step = 0; step <= RETURN; step += 4) {
      if (after + step <= high) {
        least = Math.min(least, moved(before, after + step));
      }
      if (before - step >= low) {
        least = Math.min(least, moved(before - step, after));
      }
    }
    return least;
  }

  private float moved(int a, int b) {
    return Picture.shiftedDifference(history.get(a), history.get(b), 12, 5);
  }

  private float[] shares(Candidate candidate, int left, int right) {
    float[] shares = new float[right - left + 1];
    Picture a = history.get(left);
    Picture b = history.get(right);
    for (int i = 1; i < right - left; i++) {
      shares[i] = share(candidate, a, history.get(left + i), b);
    }
    shares[right - left] = 1;
    return shares;
  }

  private static float share(Candidate candidate, Picture a, Picture middle, Picture b) {
    return candidate.moves() ? Push.of(a, middle, b, candidate.push.direction(), candidate.push.mover()).right()
        : Blocks.of(a, middle, b).right();
  }
}
