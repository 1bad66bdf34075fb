package org.answerprint.media;

import java.util.Objects;

/**
 * One coded packet of sound.
 *
 * @param pts in ticks of its track's time base
 * @param duration in the same ticks, 0 where unknown
 * @param data the payload; not to be written to
 */
public record AudioPacket(long pts, long duration, byte[] data) {

  public AudioPacket {
    Objects.requireNonNull(data, "data");
  }
}
