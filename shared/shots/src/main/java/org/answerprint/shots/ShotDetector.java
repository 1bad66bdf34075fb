package org.answerprint.shots;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.answerprint.faults.InternalFault;
import org.answerprint.frames.FrameSink;
import org.answerprint.frames.FrameSpec;
import org.answerprint.frames.PixelFormat;
import org.answerprint.frames.RawFrame;
import org.answerprint.frames.TimeBase;

/**
 * Finds shots in one pass over small pictures of every frame. Hears of a shot at most {@link #LATENCY} frames after the
 * one that follows it has begun; holds 256 reduced pictures however long the film is. The same pictures give the same
 * shots. Not thread-safe.
 */
public final class ShotDetector implements FrameSink {

  /** The form in which frames are to be given: small, whatever the film's shape. */
  public static final FrameSpec SPEC = new FrameSpec(PixelFormat.RGB24, 96, 54);

  /** Frames after which a change is final. */
  public static final int LATENCY = 140;

  private static final int SETTLED = 70;
  private static final int PEAK_REACH = 8;

  private final long minimumTicks;
  private final ShotListener listener;
  private final History history = new History();
  private final HardCuts hardCuts = new HardCuts(history);
  private final Fades fades = new Fades(history);
  private final GradualChanges gradual = new GradualChanges(history);
  private final List<Change> pending = new ArrayList<>();
  private final List<GradualChanges.Candidate> candidates = new ArrayList<>();

  private int lastCut;
  private int hardFrontier = 1;
  private int plainSince = -1;
  private int plainFrontier;
  private int gradualFrontier;
  private int shotStart;
  private long shotStartPts;
  private int gapBefore;
  private Cut begin = Cut.START;
  private boolean finished;

  /**
   * @param timeBase of the pictures' pts
   * @param options what may be chosen
   * @param listener hears of each shot, on the thread that feeds
   */
  public ShotDetector(TimeBase timeBase, ShotOptions options, ShotListener listener) {
    this.minimumTicks = timeBase.ticks(options.minimumShot().toNanos());
    this.listener = listener;
  }

  /**
   * Takes the next frame's picture; it is not kept or written to.
   *
   * @throws InternalFault where it is not of {@link #SPEC}
   */
  @Override
  public void put(RawFrame frame) {
    if (frame.format() != SPEC.format() || frame.width() != SPEC.width() || frame.height() != SPEC.height()) {
      throw new InternalFault("the shot detector was given a frame of %dx%d %s: ask for frames by ShotDetector.SPEC"
          .formatted(frame.width(), frame.height(), frame.format()));
    }
    Picture picture = new Picture(frame);
    if (history.count() == 0) {
      shotStartPts = picture.pts;
    }
    history.add(picture);
    advance(history.count(), false);
  }

  /** Ends the film: closes what is open. Without a frame there is no shot. */
  public void finish() {
    if (finished || history.count() == 0) {
      finished = true;
      return;
    }
    finished = true;
    int count = history.count();
    advance(count, true);
    int end = count;
    while (!pending.isEmpty()) {
      emit(pending.removeFirst(), count);
    }
    listener.shotClosed(new DetectedShot(shotStart, end, begin, gapBefore, 0));
  }

  private void advance(int count, boolean last) {
    for (; hardFrontier < count - (last ? 0 : HardCuts.AHEAD); hardFrontier++) {
      if (hardCuts.cutAt(hardFrontier, Math.max(lastCut, history.first()))) {
        pending.add(new Change(hardFrontier, hardFrontier, Cut.HARD));
        lastCut = hardFrontier;
      }
    }
    for (; plainFrontier < count - (last ? 0 : Fades.AHEAD); plainFrontier++) {
      watchPlain(plainFrontier);
    }
    for (; gradualFrontier < count - (last ? 0 : GradualChanges.AHEAD); gradualFrontier++) {
      watchGradual(gradualFrontier, count);
    }
    if (last) {
      for (int i = 0; i <= PEAK_REACH; i++) {
        candidates.add(GradualChanges.Candidate.NONE);
        settlePeak(count);
      }
    }
    while (!pending.isEmpty() && pending.getFirst().end() < count - SETTLED - GradualChanges.AHEAD) {
      emit(pending.removeFirst(), count);
    }
  }

  private void watchPlain(int frame) {
    if (fades.plain(frame)) {
      plainSince = plainSince < 0 ? frame : plainSince;
    } else if (plainSince >= 0) {
      int from = plainSince;
      plainSince = -1;
      fades.over(from, frame, shotStartFor(from)).ifPresent(this::replaceWithin);
    }
  }

  private int shotStartFor(int frame) {
    int start = shotStart;
    for (Change change : pending) {
      if (change.end() < frame - 1) {
        start = Math.max(start, change.end());
      }
    }
    return start;
  }

  private void replaceWithin(Change fade) {
    pending.removeIf(change -> change.start() >= fade.start() - 1 && change.end() <= fade.end() + 1);
    insert(fade);
  }

  private void insert(Change change) {
    int at = 0;
    while (at < pending.size() && pending.get(at).start() <= change.start()) {
      at++;
    }
    pending.add(at, change);
  }

  private void watchGradual(int frame, int count) {
    int low = low(frame);
    int high = high(frame, count);
    boolean inside = pending.stream().anyMatch(change -> change.start() <= frame && frame < change.end());
    candidates.add(inside ? GradualChanges.Candidate.NONE : gradual.judge(frame, low, high));
    settlePeak(count);
  }

  private void settlePeak(int count) {
    if (candidates.size() <= 2 * PEAK_REACH) {
      return;
    }
    GradualChanges.Candidate peak = candidates.get(PEAK_REACH);
    boolean highest = peak.score() > 0.3f
        && candidates.stream().noneMatch(other -> other.score() > peak.score());
    if (highest) {
      Optional<Change> found = gradual.follow(peak, low(peak.frame()), high(peak.frame(), count));
      found.map(this::absorb).filter(change -> pending.stream().noneMatch(other -> overlaps(change, other)))
          .ifPresent(this::insert);
    }
    candidates.removeFirst();
  }

  /** Takes the hard cuts at its ends into a gradual change where they are only steps of it. */
  private Change absorb(Change change) {
    int start = change.start();
    int end = change.end();
    for (Change hard : List.copyOf(pending)) {
      if (gradual.partOf(hard, change)) {
        pending.remove(hard);
        start = Math.min(start, hard.start());
        end = Math.max(end, hard.start());
      }
    }
    return new Change(start, end, change.cut());
  }

  private static boolean overlaps(Change a, Change b) {
    return a.start() <= b.end() && b.start() <= a.end();
  }

  private int low(int frame) {
    int low = Math.max(history.first(), shotStart);
    for (Change change : pending) {
      if (change.end() <= frame) {
        low = Math.max(low, change.end());
      }
    }
    return low;
  }

  private int high(int frame, int count) {
    int high = count - 1;
    for (Change change : pending) {
      if (change.start() > frame) {
        high = Math.min(high, change.start() - 1);
      }
    }
    return high;
  }

  private void emit(Change change, int count) {
    boolean overlapping = change.start() <= shotStart;
    if (overlapping || ticksTo(change.start()) - shotStartPts < minimumTicks
        || finished && endPts(count) - ticksTo(change.end()) < minimumTicks) {
      return;
    }
    int gap = change.end() - change.start();
    listener.shotClosed(new DetectedShot(shotStart, change.start(), begin, gapBefore, gap));
    shotStart = change.end();
    shotStartPts = ticksTo(change.end());
    gapBefore = gap;
    begin = change.cut();
  }

  private long ticksTo(int frame) {
    return history.get(Math.clamp(frame, history.first(), history.count() - 1)).pts;
  }

  private long endPts(int count) {
    long last = ticksTo(count - 1);
    return count < 2 ? last : 2 * last - ticksTo(count - 2);
  }
}
