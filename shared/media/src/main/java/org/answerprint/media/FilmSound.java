package org.answerprint.media;

import java.util.Objects;

/** Where a film's sound comes from. */
public sealed interface FilmSound {

  /** A film without sound. */
  record None() implements FilmSound {
  }

  /**
   * One track of one film, copied as it is where MP4 can hold it, else encoded to AAC.
   *
   * @param film read while the new film is written; stays open, its owner closes it
   * @param stream the track
   * @param shift what is added to every time, in ticks of the new film's time base; the same as the pictures'
   */
  record Track(VideoFile film, int stream, long shift) implements FilmSound {

    public Track {
      Objects.requireNonNull(film, "film");
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
