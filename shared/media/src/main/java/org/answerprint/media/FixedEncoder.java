package org.answerprint.media;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * An H.264 encoder that all machines are to use: whoever orders a film need not have it, and segments of several machines join
 * only where one encoder made them.
 */
public enum FixedEncoder {
  /** x264, on any processor. */
  X264("libx264"),
  /** An NVIDIA card's own. Films that it cannot keep as they are (ten bits, fields, very small or large) take x264. */
  NVENC("h264_nvenc");

  private final String encoder;

  FixedEncoder(String encoder) {
    this.encoder = encoder;
  }

  /** The one of that name in FFmpeg, or empty where there is none. */
  public static Optional<FixedEncoder> named(String encoder) {
    return Stream.of(values()).filter(each -> each.encoder.equals(encoder)).findFirst();
  }
}
