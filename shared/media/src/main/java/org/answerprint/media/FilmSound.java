package org.answerprint.media;

import java.util.List;
import java.util.Objects;

/** Where a film's sound comes from. */
public sealed interface FilmSound {

  /** A film without sound. */
  record None() implements FilmSound {
  }

  /**
   * Tracks of one film, each copied as it is where MP4 can hold it, else encoded to AAC; with the film's tags and
   * chapters.
   *
   * @param film read while the new film is written; stays open, its owner closes it
   * @param streams the tracks, in the order they get
   * @param shift what is added to every time, in ticks of the new film's time base; the same as the pictures'
   */
  record Tracks(VideoFile film, List<Integer> streams, long shift) implements FilmSound {

    public Tracks {
      Objects.requireNonNull(film, "film");
      streams = List.copyOf(streams);
    }

    /** Every sound track of a film. */
    public static Tracks all(VideoFile film, long shift) {
      return new Tracks(film, film.info().audio().stream().map(AudioInfo::stream).toList(), shift);
    }
  }

  /**
   * Pieces of several films, encoded to one AAC track.
   *
   * @param timeline what sounds when, from time 0 of the new film
   */
  record Pieces(AudioTimeline timeline) implements FilmSound {

    public Pieces {
      Objects.requireNonNull(timeline, "timeline");
    }
  }
}
