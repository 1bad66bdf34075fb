package org.answerprint.media;

import java.util.Objects;

/**
 * A stretch of decoded sound.
 *
 * @param position of its first sample on the source's clock, in samples per channel from time 0; may be negative
 * @param samples interleaved, nominally -1..1; not to be written to
 */
public record PcmChunk(long position, float[] samples) {

  public PcmChunk {
    Objects.requireNonNull(samples, "samples");
  }
}
