package org.answerprint.media;

import java.util.List;
import java.util.Objects;

/**
 * The outcome of one read.
 *
 * @param frames how many were handed over
 * @param keyPts the pts of those that were key frames, ascending
 * @param health what the decoder complained about during this read
 */
public record ReadReport(long frames, List<Long> keyPts, DecodeHealth health) {

  public ReadReport {
    keyPts = List.copyOf(keyPts);
    Objects.requireNonNull(health, "health");
  }
}
