package org.answerprint.pictures;

import org.answerprint.frames.PixelFormat;
import org.answerprint.frames.RawFrame;

/**
 * A picture as networks have it. Arrays are not copied; nobody writes to one that is a picture's.
 *
 * @param width in pixels
 * @param height in pixels
 * @param planes {@code [3, height, width]}: red, green and blue, from -1 to 1 but for what overshoots
 */
public record Picture(int width, int height, float[] planes) {

  static final int CHANNELS = 3;
  private static final float HALF = 127.5f;

  /** @throws IllegalArgumentException where the planes are not of this size */
  public Picture {
    if (width < 1 || height < 1 || planes.length != (long) CHANNELS * width * height) {
      throw new IllegalArgumentException("%d values are no picture of %dx%d".formatted(planes.length, width, height));
    }
  }

  /** The picture of a frame of red, green and blue. @throws IllegalArgumentException where it is another */
  public static Picture of(RawFrame frame) {
    if (frame.format() != PixelFormat.RGB24) {
      throw new IllegalArgumentException("a picture is made of RGB24, not of " + frame.format());
    }
    return of(frame.data(), frame.width(), frame.height());
  }

  /** The same of interleaved bytes, three to a pixel. */
  public static Picture of(byte[] rgb, int width, int height) {
    int pixels = width * height;
    float[] planes = new float[CHANNELS * pixels];
    for (int i = 0; i < pixels; i++) {
      for (int c = 0; c < CHANNELS; c++) {
        planes[c * pixels + i] = (rgb[CHANNELS * i + c] & 0xff) / HALF - 1;
      }
    }
    return new Picture(width, height, planes);
  }

  /** As a frame of bytes, rounded; what overshoots is cut off. */
  public RawFrame toFrame(long pts, long duration) {
    return new RawFrame(PixelFormat.RGB24, width, height, pts, duration, toBytes());
  }

  /** Interleaved bytes, three to a pixel. */
  public byte[] toBytes() {
    int pixels = width * height;
    byte[] rgb = new byte[CHANNELS * pixels];
    for (int c = 0; c < CHANNELS; c++) {
      for (int i = 0; i < pixels; i++) {
        rgb[CHANNELS * i + c] = (byte) Math.clamp(Math.round((planes[c * pixels + i] + 1) * HALF), 0, 255);
      }
    }
    return rgb;
  }

  /** The same at another size, by Lanczos' kernel; smaller ones are averaged over all that they stand for. */
  public Picture resized(int newWidth, int newHeight) {
    return new Picture(newWidth, newHeight, Resampling.LANCZOS.resize(planes, CHANNELS, width, height, newWidth, newHeight));
  }
}
