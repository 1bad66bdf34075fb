package org.answerprint.edit;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.answerprint.jobs.SourceFilm;
import org.answerprint.media.VideoFile;

/**
 * Keeps the decoder of a film for the next task, which is often of the same film: starting a decoder takes as long as
 * decoding a second or two. One decoder at most is kept, never one that stumbled, and none for long while there is no work: it holds
 * as much memory as a small program. Thread-safe.
 */
final class SpareFilm {

  /** The processor time of a decoder is bounded by hours; that of many tasks of a long film would add up. */
  private static final Duration LONGEST_USE = Duration.ofMinutes(10);

  /** Between two tasks of one film there is less, even on a machine that is short of processors. */
  private static final Duration LONGEST_REST = Duration.ofSeconds(2);

  private record Kept(SourceFilm source, VideoFile film, Duration used) {}

  private final Function<SourceFilm, VideoFile> opener;
  private final LongSupplier nanos;
  private final Executor afterARest;
  private final AtomicReference<Kept> spare = new AtomicReference<>();

  SpareFilm(Function<SourceFilm, VideoFile> opener) {
    this(opener, System::nanoTime, CompletableFuture.delayedExecutor(LONGEST_REST.toMillis(), TimeUnit.MILLISECONDS));
  }

  /** @param afterARest runs what it is given when a film has rested long enough, on a thread of its own */
  SpareFilm(Function<SourceFilm, VideoFile> opener, LongSupplier nanos, Executor afterARest) {
    this.opener = opener;
    this.nanos = nanos;
    this.afterARest = afterARest;
  }

  /** Lends the film to somebody who must not close it. */
  void lend(SourceFilm source, Consumer<VideoFile> use) {
    Kept taken = take(source);
    long start = nanos.getAsLong();
    boolean sound = false;
    try {
      use.accept(taken.film());
      sound = true;
    } finally {
      Duration used = taken.used().plusNanos(nanos.getAsLong() - start);
      if (sound && used.compareTo(LONGEST_USE) < 0) {
        keep(new Kept(source, taken.film(), used));
      } else {
        taken.film().close();
      }
    }
  }

  private void keep(Kept kept) {
    close(spare.getAndSet(kept));
    afterARest.execute(() -> {
      if (spare.compareAndSet(kept, null)) {
        close(kept);
      }
    });
  }

  private Kept take(SourceFilm source) {
    Kept kept = spare.getAndSet(null);
    if (kept != null && kept.source().equals(source)) {
      return kept;
    }
    close(kept);
    return new Kept(source, opener.apply(source), Duration.ZERO);
  }

  private static void close(Kept kept) {
    if (kept != null) {
      kept.film().close();
    }
  }
}
