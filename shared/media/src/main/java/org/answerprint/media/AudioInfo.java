package org.answerprint.media;

import java.util.List;
import java.util.Objects;
import org.answerprint.frames.TimeBase;

/**
 * One sound track of a film.
 *
 * @param stream index within the container
 * @param codec FFmpeg's codec name
 * @param sampleRate in hertz
 * @param channels at least 1
 * @param timeBase of its packets
 * @param startPts in ticks of {@code timeBase}
 * @param language ISO 639 code, or empty
 * @param copyable whether an MP4 file can hold its packets as they are
 * @param preferred whether players choose it
 * @param title what it is called, or empty
 * @param roles FFmpeg's names of its dispositions, for example {@code default} or {@code comment}
 */
public record AudioInfo(
    int stream,
    String codec,
    int sampleRate,
    int channels,
    TimeBase timeBase,
    long startPts,
    String language,
    boolean copyable,
    boolean preferred,
    String title,
    List<String> roles) {

  public AudioInfo {
    Objects.requireNonNull(codec, "codec");
    Objects.requireNonNull(timeBase, "timeBase");
    Objects.requireNonNull(language, "language");
    Objects.requireNonNull(title, "title");
    roles = List.copyOf(roles);
  }

  /** A track without a title. */
  public AudioInfo(int stream, String codec, int sampleRate, int channels, TimeBase timeBase, long startPts,
      String language, boolean copyable, boolean preferred) {
    this(stream, codec, sampleRate, channels, timeBase, startPts, language, copyable, preferred, "",
        preferred ? List.of("default") : List.of());
  }
}
