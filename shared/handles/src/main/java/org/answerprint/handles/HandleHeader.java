package org.answerprint.handles;

import java.util.Objects;
import org.answerprint.frames.Colour;
import org.answerprint.frames.PixelFormat;
import org.answerprint.frames.RawFrame;
import org.answerprint.frames.TimeBase;

/**
 * What every frame of one pack has in common.
 *
 * @param format pixel layout
 * @param width upright width in pixels, 1 to 32768
 * @param height upright height in pixels, 1 to 32768
 * @param timeBase of the frames' pts and durations
 * @param colour what the samples mean
 */
public record HandleHeader(PixelFormat format, int width, int height, TimeBase timeBase, Colour colour) {

  static final int MAX_SIDE = 32768;
  static final long MAX_FRAME_BYTES = 1L << 30;

  public HandleHeader {
    Objects.requireNonNull(format, "format");
    Objects.requireNonNull(timeBase, "timeBase");
    Objects.requireNonNull(colour, "colour");
    if (width < 1 || height < 1 || width > MAX_SIDE || height > MAX_SIDE
        || 3L * width * height * format.bytesPerSample() > MAX_FRAME_BYTES) {
      throw new IllegalArgumentException("handle frames are 1x1 to 1 GiB in size, not " + width + "x" + height);
    }
  }

  /** The header of a pack that holds frames like this one. */
  public static HandleHeader of(RawFrame frame, TimeBase timeBase, Colour colour) {
    return new HandleHeader(frame.format(), frame.width(), frame.height(), timeBase, colour);
  }

  /** Bytes of one frame, unpacked. */
  public int frameBytes() {
    return format.frameBytes(width, height);
  }

  boolean fits(RawFrame frame) {
    return frame.format() == format && frame.width() == width && frame.height() == height;
  }
}
