package org.answerprint.shots;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.answerprint.faults.InternalFault;
import org.answerprint.frames.FrameSink;
import org.answerprint.frames.FrameSpec;
import org.answerprint.frames.PixelFormat;
import org.answerprint.frames.RawFrame;
import org.answerprint.frames.TimeBase;

/**
 * Finds shots in one pass over small pictures of every frame. Hears of a shot most often 170 and at most
 * {@link #LATENCY} frames after the one that follows it has begun; holds 512 reduced pictures however long the film is.
 * The same pictures give the same shots. Not thread-safe.
 */
public final class ShotDetector implements FrameSink {

  /** The form in which frames are to be given: small, whatever the film's shape. */
  public static final FrameSpec SPEC = new FrameSpec(PixelFormat.RGB24, 96, 54);

  /** Frames after which a change is final. */
  public static final int LATENCY = 450;

  private static final float SURE = 0.55f;
  private static final float FIRM = 0.8f;
  private static final int PEAK_REACH = 4;
  private static final int STRIDE = 2;
  private static final int SETTLED = 104;
  private static final int LONGEST_FADE_SIDE = 64;
  private static final int LONGEST_WAIT = 420;

  private final TimeBase timeBase;
  private final long minimumTicks;
  private final ShotListener listener;
  private final Consumer<Proposal> observer;
  private final History history = new History();
  private final HardCuts hardCuts = new HardCuts(history);
  private final Fades fades = new Fades(history);
  private final GradualChanges gradual = new GradualChanges(history);
  private final Peaks mixtures = new Peaks(PEAK_REACH);
  private final Peaks pushes = new Peaks(PEAK_REACH);
  private final List<Proposal> open = new ArrayList<>();
  private final List<Integer> firm = new ArrayList<>();

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
    this(timeBase, options, listener, proposal -> { });
  }

  /** @param observer sees every proposal, also those that are turned down */
  ShotDetector(TimeBase timeBase, ShotOptions options, ShotListener listener, Consumer<Proposal> observer) {
    this.timeBase = timeBase;
    this.minimumTicks = timeBase.ticks(options.minimumShot().toNanos());
    this.listener = listener;
    this.observer = observer;
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
    advance(false);
  }

  /** Ends the film: closes what is open. Without a frame there is no shot. */
  public void finish() {
    if (finished || history.count() == 0) {
      finished = true;
      return;
    }
    finished = true;
    advance(true);
    listener.shotClosed(new DetectedShot(shotStart, history.count(), begin, gapBefore, 0));
  }

  private void advance(boolean last) {
    int count = history.count();
    double rate = rate();
    for (; hardFrontier < count - (last ? 0 : HardCuts.AHEAD); hardFrontier++) {
      hardCuts.at(hardFrontier, rate).ifPresent(this::offerHard);
    }
    for (; plainFrontier < count - (last ? 0 : Fades.AHEAD); plainFrontier++) {
      watchPlain(plainFrontier, rate);
    }
    for (; gradualFrontier < count - (last ? 0 : GradualChanges.AHEAD); gradualFrontier += STRIDE) {
      watchGradual(gradualFrontier, rate);
    }
    if (last) {
      mixtures.rest().forEach(peak -> follow(peak, rate));
      pushes.rest().forEach(peak -> follow(peak, rate));
    }
    settle(last);
  }

  /** Frames a second of what is held. */
  private double rate() {
    int last = history.count() - 1;
    double seconds = timeBase.seconds(history.get(last).pts - history.get(history.first()).pts);
    return seconds <= 0 ? 25 : Math.clamp((last - history.first()) / seconds, 5.0, 240.0);
  }

  private void offer(Proposal proposal) {
    observer.accept(proposal);
    int at = 0;
    while (at < open.size() && open.get(at).change().start() <= proposal.change().start()) {
      at++;
    }
    open.add(at, proposal);
  }

  private void offerHard(Proposal proposal) {
    offer(proposal);
    if (proposal.sure() > FIRM) {
      firm.add(proposal.change().start());
    }
  }

  private void watchPlain(int frame, double rate) {
    if (fades.plain(frame)) {
      plainSince = plainSince < 0 ? frame : plainSince;
    } else if (plainSince >= 0) {
      int from = plainSince;
      plainSince = -1;
      int low = Math.max(history.first(), shotStart);
      fades.over(from, frame, low, history.count() - 1, rate).ifPresent(this::offer);
    }
  }

  private void watchGradual(int frame, double rate) {
    GradualChanges.Candidate[] found = gradual.judge(frame, low(frame), high(frame));
    mixtures.add(found[0]).ifPresent(peak -> follow(peak, rate));
    pushes.add(found[1]).ifPresent(peak -> follow(peak, rate));
  }

  private void follow(GradualChanges.Candidate peak, double rate) {
    gradual.follow(peak, low(peak.frame()), high(peak.frame()), rate).ifPresent(this::offer);
  }

  private int low(int frame) {
    int low = Math.max(history.first(), shotStart);
    for (int cut : firm) {
      low = cut <= frame ? Math.max(low, cut) : low;
    }
    return low;
  }

  private int high(int frame) {
    int high = history.count() - 1;
    for (int cut : firm) {
      high = cut > frame ? Math.min(high, cut - 1) : high;
    }
    return high;
  }

  /** Decides on proposals that exclude each other together, once no other can join them. */
  private void settle(boolean last) {
    int settled = gradualFrontier - SETTLED;
    if (plainSince >= 0) {
      settled = Math.min(settled, plainSince - LONGEST_FADE_SIDE);
    }
    settled = Math.max(settled, history.count() - LONGEST_WAIT);
    while (!open.isEmpty()) {
      int size = 1;
      int end = open.getFirst().change().end();
      while (size < open.size() && open.get(size).change().start() <= end + 1) {
        end = Math.max(end, open.get(size).change().end());
        size++;
      }
      boolean late = open.getFirst().change().start() < history.count() - LONGEST_WAIT;
      if (!last && !late && end >= settled) {
        return;
      }
      List<Proposal> cluster = new ArrayList<>(open.subList(0, size));
      open.subList(0, size).clear();
      choose(cluster).forEach(this::emit);
    }
    firm.removeIf(cut -> cut < history.first());
  }

  /** The surest first, without those that it excludes. */
  private static List<Change> choose(List<Proposal> cluster) {
    List<Proposal> chosen = new ArrayList<>();
    cluster.sort(Comparator.comparingDouble(Proposal::sure).reversed());
    for (Proposal proposal : cluster) {
      if (proposal.sure() >= SURE && chosen.stream().noneMatch(proposal::excludes)) {
        chosen.add(proposal);
      }
    }
    return chosen.stream().map(Proposal::change).sorted(Comparator.comparingInt(Change::start)).toList();
  }

  private void emit(Change change) {
    if (change.start() <= shotStart || ticksTo(change.start()) - shotStartPts < minimumTicks
        || finished && endPts() - ticksTo(change.end()) < minimumTicks) {
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

  private long endPts() {
    int count = history.count();
    long last = ticksTo(count - 1);
    return count < 2 ? last : 2 * last - ticksTo(count - 2);
  }
}
