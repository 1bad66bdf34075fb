package org.answerprint.media;

import java.util.Objects;

/**
 * A sound track of a finished film.
 *
 * @param codec FFmpeg's name
 * @param language ISO 639 code, or empty
 * @param copied whether its packets are the source's own
 * @param packets written
 * @param digest sha256 in hexadecimal over all payloads in order
 */
public record SoundReport(String codec, String language, boolean copied, long packets, String digest) {

  public SoundReport {
    Objects.requireNonNull(codec, "codec");
    Objects.requireNonNull(language, "language");
    Objects.requireNonNull(digest, "digest");
  }
}
