package org.answerprint.extract;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.answerprint.faults.TransientFault;
import org.answerprint.frames.FrameSpec;
import org.answerprint.frames.RawFrame;
import org.answerprint.media.FrameVisitor;
import org.answerprint.media.MediaInfo;
import org.answerprint.media.VideoFile;

/**
 * Looks at all small pictures of a film in order, decoding with two decoders: while one is at a stretch of the film, the
 * other decodes the stretch behind it into memory. Otherwise one long shot would leave a core idle until its end is
 * found. Once there is other work for that core, the second decoder, which holds as much memory as a small program, goes.
 * What is seen is what {@link VideoFile#scan} shows, in the same order, on the calling thread.
 */
final class AheadScan {

  /** A stretch that is decoded ahead; at 60 small pictures a second 28 MB. */
  private static final long STRETCH_SECONDS = 30;
  /** In a shorter film the second decoder's start would cost more than it saves. */
  private static final long SHORTEST_SECONDS = 16;

  private final Supplier<VideoFile> opener;
  private final FrameSpec spec;
  private final BooleanSupplier idle;

  /**
   * @param opener opens the film once more
   * @param spec asks for small pictures, since a stretch of them is held
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
    try (Ahead ahead = new Ahead(bounds)) {
      do {
        ahead.begin(next + 1);
        film.scan(bounds.get(next), bounds.get(next + 1), spec, visitor);
        ahead.show(visitor);
        next += 2;
      } while (next + 2 < bounds.size() && idle.getAsBoolean());
    }
    return next;
  }

  /** Ticks between stretches, from the start to {@code to}; only what can be sought exactly is parted. */
  private static List<Long> bounds(MediaInfo film, long to) {
    List<Long> bounds = new ArrayList<>(List.of(Long.MIN_VALUE));
    var time = film.video().timeBase();
    long seconds = film.durationMicros() / 1_000_000;
    if (seconds >= SHORTEST_SECONDS && isIndexed(film.container())) {
      double stretch = seconds > 2 * STRETCH_SECONDS ? STRETCH_SECONDS : film.durationMicros() / 2e6;
      long end = film.video().startPts() + time.ticks(film.durationMicros() * 1000);
      long step = time.ticks(Math.round(stretch * 1e9));
      for (long at = film.video().startPts() + step; at < Math.min(end - step / 4, to); at += step) {
        bounds.add(at);
      }
    }
    bounds.add(to);
    return bounds;
  }

  private static boolean isIndexed(String container) {
    return container.contains("mp4") || container.contains("matroska");
  }

  /** The second decoder: fills a stretch while the first is at the one before. */
  private final class Ahead implements AutoCloseable {

    private final List<Long> bounds;
    /** One entry per frame of the stretch; an end, or what went wrong, is the last. */
    private final BlockingQueue<Seen> seen = new LinkedBlockingQueue<>();
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
      try (VideoFile film = opener.get()) {
        for (int stretch = wanted.take(); ; stretch = wanted.take()) {
          film.scan(bounds.get(stretch), bounds.get(stretch + 1), spec, this::keep);
          seen.add(new Seen.End());
        }
      } catch (InterruptedException e) {
        // nothing more is wanted
      } catch (RuntimeException | Error e) {
        seen.add(new Seen.Broken(e));
      }
    }

    private void keep(RawFrame frame, boolean key) {
      if (closed) {
        throw new CancellationException("the first decoder has stopped");
      }
      seen.add(new Seen.Picture(frame, key));
    }

    /** Shows the stretch that was begun. */
    void show(FrameVisitor visitor) {
      for (;;) {
        switch (next()) {
          case Seen.Picture(RawFrame frame, boolean key) -> visitor.visit(frame, key);
          case Seen.Broken(RuntimeException cause) -> throw cause;
          case Seen.Broken(Throwable cause) -> throw new IllegalStateException(cause);
          case Seen.End() -> {
            return;
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
