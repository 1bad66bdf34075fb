package org.answerprint.frames;

import java.util.Objects;

/**
 * The form in which frames are asked for.
 *
 * @param format pixel layout
 * @param width upright width in pixels, or 0 for the stream's own
 * @param height upright height in pixels, or 0 for the stream's own
 */
public record FrameSpec(PixelFormat format, int width, int height) {

  public FrameSpec {
    Objects.requireNonNull(format, "format");
    if (width < 0 || height < 0 || (width == 0) != (height == 0)) {
      throw new IllegalArgumentException("a size is two positive numbers, or 0 and 0, not " + width + "x" + height);
    }
  }

  public static FrameSpec sourceSize(PixelFormat format) {
    return new FrameSpec(format, 0, 0);
  }
}
