package org.answerprint.media;

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
    boolean preferred) {

  public AudioInfo {
    Objects.requireNonNull(codec, "codec");
    Objects.requireNonNull(timeBase, "timeBase");
    Objects.requireNonNull(language, "language");
  }
}
