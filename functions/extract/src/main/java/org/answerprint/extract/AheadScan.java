package org.answerprint.extract;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.answerprint.faults.TransientFault;
import org.answerprint.frames.FrameSpec;
import org.answerprint.frames.RawFrame;
import org.answerprint.media.FrameVisitor;
import org.answerprint.media.Limits;
import org.answerprint.media.MediaInfo;
import org.answerprint.media.VideoFile;

/**
 * Looks at all small pictures of a film in order, decoding with two decoders: while one is at a stretch of the film, the
 * other decodes the stretch behind it into memory. Otherwise one long shot would leave a core idle until its end is
 * found. Once there is other work for that core, the second decoder, which holds as much memory as a small program, goes.
 * What is seen is what {@link VideoFile#scan} shows, in the same order, on the calling thread.
 */
final class AheadScan {

  /** A stretch that is decoded ahead. */
  private static final long STRETCH_SECONDS = 30;
  /** In a shorter film the second decoder's start would cost more than it saves. */
  private static final long SHORTEST_SECONDS = 16;
  /** A film that says it is longer is rejected where it is, and else says what is not so. */
  private static final long LONGEST_SECONDS = Limits.STANDARD.maxSpanSeconds();
  /** Small pictures that may wait to be shown: a stretch of 60 a second, 28 MB. */
  private static final int MOST_AHEAD = 1800;

  private final Supplier<VideoFile> opener;
  private final FrameSpec spec;
  private final BooleanSupplier idle;

  /**
   * @param opener opens the film once more
   * @param spec asks for small pictures, since many of them are held
   * @param idle whether there is nothing else to do for a second core; asked between stretches
   */
  AheadScan(Supplier<VideoFile> opener, FrameSpec spec, BooleanSupplier idle) {
    this.opener = opener;
    this.spec = spec;
    this.idle = idle;
  }

  /**
   * Shows every frame before {@code to}.
   *
   * @param film opened already; the caller closes it
   * @throws org.answerprint.faults.Fault as {@link VideoFile#scan} does
   */
  void run(VideoFile film, long to, FrameVisitor visitor) {
    List<Long> bounds = bounds(film.info(), to);
    int next = bounds.size() > 2 && idle.getAsBoolean() ? together(film, bounds, visitor) : 0;
    if (next + 1 < bounds.size()) {
      film.scan(bounds.get(next), to, spec, visitor);
    }
  }

  /** Shows two stretches after two, one by each decoder, as long as that is of use; returns the first that was not shown. */
  private int together(VideoFile film, List<Long> bounds, FrameVisitor visitor) {
    int next = 0;
    long fewest;
    try (Ahead ahead = new Ahead(bounds)) {
      do {
        ahead.begin(next + 1);
        fewest = Math.min(film.scan(bounds.get(next), bounds.get(next + 1), spec, visitor).frames(), ahead.show(visitor));
        next += 2;
        // where a stretch is empty the film may have ended before it says, and every further one would be sought for nothing
      } while (fewest > 0 && next + 2 < bounds.size() && idle.getAsBoolean());
    }
    return next;
  }

  /** Ticks between stretches, from the start to {@code to}; only what can be sought exactly is parted. */
  private static List<Long> bounds(MediaInfo film, long to) {
    List<Long> bounds = new ArrayList<>(List.of(Long.MIN_VALUE));
    var time = film.video().timeBase();
    long seconds = film.durationMicros() / 1_000_000;
    if (seconds >= SHORTEST_SECONDS && seconds <= LONGEST_SECONDS && isIndexed(film.container())) {
      double stretch = seconds > 2 * STRETCH_SECONDS ? STRETCH_SECONDS : film.durationMicros() / 2e6;
      long start = film.video().startPts();
      long end = start + time.ticks(film.durationMicros() * 1000);
      long step = time.ticks(Math.round(stretch * 1e9));
      // not behind the start where a tick is longer than a stretch, or the times are the last that there are
      for (long at = start + step; at > start && at < Math.min(end - step / 4, to); at += step) {
        bounds.add(at);
      }
    }
    bounds.add(to);
    return bounds;
  }

  private static boolean isIndexed(String container) {
    return container.contains("mp4") || container.contains("matroska");
  }

  /** The second decoder: fills a stretch while the first is at the one before, and waits where that holds more than fits. */
  private final class Ahead implements AutoCloseable {

    private final List<Long> bounds;
    /** One entry per frame of the stretch; an end, or what went wrong, is the last. */
    private final BlockingQueue<Seen> seen = new ArrayBlockingQueue<>(MOST_AHEAD);
    private final BlockingQueue<Integer> wanted = new LinkedBlockingQueue<>();
    private final Thread thread;
    private volatile boolean closed;

    Ahead(List<Long> bounds) {
      this.bounds = bounds;
      this.thread = Thread.ofPlatform().daemon().name("extract-ahead").start(this::decode);
    }

    /** Has a stretch decoded. */
    void begin(int stretch) {
      wanted.add(stretch);
    }

    private void decode() {
      try {
        fill();
      } catch (InterruptedException e) {
        // nothing more is wanted
      }
    }

    private void fill() throws InterruptedException {
      try (VideoFile film = opener.get()) {
        while (!closed) {
          int stretch = wanted.take();
          film.scan(bounds.get(stretch), bounds.get(stretch + 1), spec, this::keep);
          hand(new Seen.End());
        }
      } catch (RuntimeException | Error e) {
        hand(new Seen.Broken(e));
      }
    }

    private void keep(RawFrame frame, boolean key) {
      try {
        hand(new Seen.Picture(frame, key));
      } catch (InterruptedException e) {
        throw new CancellationException(e.getMessage());
      }
    }

    /** Waits for room; not once the first decoder has stopped, even where the interruption has been swallowed since. */
    private void hand(Seen next) throws InterruptedException {
      if (closed) {
        throw new InterruptedException("the first decoder has stopped");
      }
      seen.put(next);
    }

    /** Shows the stretch that was begun; returns how many frames it has. */
    long show(FrameVisitor visitor) {
      for (long frames = 0; ; frames++) {
        switch (next()) {
          case Seen.Picture(RawFrame frame, boolean key) -> visitor.visit(frame, key);
          case Seen.Broken(RuntimeException cause) -> throw cause;
          case Seen.Broken(Throwable cause) -> throw new IllegalStateException(cause);
          case Seen.End() -> {
            return frames;
          }
        }
      }
    }

    private Seen next() {
      try {
        return seen.take();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new TransientFault("finding shots was interrupted; it is done again when the event comes again", e);
      }
    }

    @Override
    public void close() {
      closed = true;
      thread.interrupt();
    }
  }

  /** What the second decoder hands over. */
  private sealed interface Seen {
    record Picture(RawFrame frame, boolean key) implements Seen {}

    record End() implements Seen {}

    record Broken(Throwable cause) implements Seen {}
  }
}
