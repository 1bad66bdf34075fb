package org.answerprint.frames;

import java.util.Objects;

/**
 * One upright picture with its place in time. The array is owned by whoever holds the record; who hands a frame on
 * gives it away and must not write to it again.
 *
 * @param format how {@code data} is laid out
 * @param width in pixels
 * @param height in pixels
 * @param pts presentation time in ticks of the stream's {@link TimeBase}
 * @param duration in ticks, at least 0 (0: unknown)
 * @param data exactly {@code format.frameBytes(width, height)} bytes
 */
public record RawFrame(PixelFormat format, int width, int height, long pts, long duration, byte[] data) {

  public RawFrame {
    Objects.requireNonNull(format, "format");
    if (width <= 0 || height <= 0) {
      throw new IllegalArgumentException("a frame has a positive size, not " + width + "x" + height);
    }
    if (data.length != format.frameBytes(width, height)) {
      throw new IllegalArgumentException(
          "a " + width + "x" + height + " " + format + " frame has " + format.frameBytes(width, height) + " bytes, not " + data.length);
    }
  }

  /** The same picture at another time; shares the data. */
  public RawFrame at(long newPts, long newDuration) {
    return new RawFrame(format, width, height, newPts, newDuration, data);
  }
}
