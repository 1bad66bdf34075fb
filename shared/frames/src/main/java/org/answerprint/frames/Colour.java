package org.answerprint.frames;

import java.util.Objects;

/**
 * How samples map to light, by FFmpeg's names (for example {@code bt709}, {@code tv}). Never "unknown" for the matrix
 * and range: untagged video is BT.709 from 720 lines up and BT.601 below, limited range.
 *
 * @param matrix YUV matrix: bt709, smpte170m, bt470bg, bt2020nc ...
 * @param primaries bt709, bt2020, smpte170m ... or unknown
 * @param transfer bt709, smpte2084, arib-std-b67 ... or unknown
 * @param fullRange true for 0..255, false for 16..235
 */
public record Colour(String matrix, String primaries, String transfer, boolean fullRange) {

  public static final Colour BT709 = new Colour("bt709", "bt709", "bt709", false);

  public Colour {
    Objects.requireNonNull(matrix, "matrix");
    Objects.requireNonNull(primaries, "primaries");
    Objects.requireNonNull(transfer, "transfer");
  }
}
