package org.answerprint.edit;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.answerprint.jobs.SourceFilm;
import org.answerprint.media.VideoFile;

/**
 * Keeps the decoder of a short film for the next task, which is often of the same film: for shots of a second, starting
 * a decoder takes longer than decoding. One decoder at most is kept, and never one that stumbled. Thread-safe.
 */
final class SpareFilm {

  /** The processor time of a decoder is bounded; that of many tasks of a long film would add up. */
  private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(1);

  private record Kept(SourceFilm source, VideoFile film) {}

  private final Function<SourceFilm, VideoFile> opener;
  private final AtomicReference<Kept> spare = new AtomicReference<>();

  SpareFilm(Function<SourceFilm, VideoFile> opener) {
    this.opener = opener;
  }

  /** Lends the film to somebody who must not close it. */
  void lend(SourceFilm source, Consumer<VideoFile> use) {
    VideoFile film = take(source);
    boolean sound = false;
    try {
      use.accept(film);
      sound = true;
    } finally {
      if (sound && film.info().durationMicros() <= LONGEST_MICROS) {
        close(spare.getAndSet(new Kept(source, film)));
      } else {
        film.close();
      }
    }
  }

  private VideoFile take(SourceFilm source) {
    Kept kept = spare.getAndSet(null);
    if (kept != null && kept.source().equals(source)) {
      return kept.film();
    }
    close(kept);
    return opener.apply(source);
  }

  private static void close(Kept kept) {
    if (kept != null) {
      kept.film().close();
    }
  }
}
