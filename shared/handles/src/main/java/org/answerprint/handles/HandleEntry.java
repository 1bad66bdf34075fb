package org.answerprint.handles;

import java.util.Objects;

/**
 * Where one frame lies in a pack.
 *
 * @param group end of the shot it comes from
 * @param pts presentation time in the pack's time base
 * @param duration in the pack's time base, 0 where unknown
 * @param offset of the packed frame in the file, in bytes
 * @param length of the packed frame, in bytes
 * @param checksum CRC-32C of the packed frame
 */
public record HandleEntry(HandleGroup group, long pts, long duration, long offset, int length, int checksum) {

  public HandleEntry {
    Objects.requireNonNull(group, "group");
  }
}
