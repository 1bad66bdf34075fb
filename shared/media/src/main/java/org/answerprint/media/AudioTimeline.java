package org.answerprint.media;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.answerprint.frames.TimeBase;

/**
 * What sounds when: pieces end to end at exact sample positions, 48 kHz stereo, with 5 ms fades at the joins.
 *
 * @param pieces in order
 */
public record AudioTimeline(List<Piece> pieces) {

  /** Samples per second. */
  public static final int SAMPLE_RATE = 48_000;

  /**
   * A stretch of one film's sound, or silence.
   *
   * @param film opens the film when its turn comes; empty for silence; closed by the timeline
   * @param stream the track
   * @param from first sample, on the film's own clock at 48 kHz
   * @param length in samples
   */
  public record Piece(Optional<Supplier<? extends VideoFile>> film, int stream, long from, long length) {

    public Piece {
      Objects.requireNonNull(film, "film");
      if (length < 0) {
        throw new IllegalArgumentException("a piece has a length of at least 0, not " + length);
      }
    }

    /** Sound from a film. */
    public static Piece sound(Supplier<? extends VideoFile> film, int stream, long from, long length) {
      return new Piece(Optional.of(film), stream, from, length);
    }

    /** No sound. */
    public static Piece silence(long length) {
      return new Piece(Optional.empty(), -1, 0, length);
    }
  }

  public AudioTimeline {
    pieces = List.copyOf(pieces);
  }

  /** The sample at a time; take differences of these, so that rounding does not add up. */
  public static long sample(long ticks, TimeBase timeBase) {
    return Math.floorDiv(Math.multiplyExact(ticks, 2L * SAMPLE_RATE * timeBase.num()) + timeBase.den(),
        2L * timeBase.den());
  }
}
