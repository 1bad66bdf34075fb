package org.answerprint.joins;

import org.answerprint.frames.PixelFormat;
import org.answerprint.frames.RawFrame;

/**
 * One channel of a frame as numbers: a plane, or one of the three interleaved ones of RGB.
 *
 * @param data the frame's bytes
 * @param base byte offset of the channel's first sample
 * @param step bytes between neighbours in a row
 * @param stride bytes between rows
 * @param width samples in a row
 * @param height rows
 * @param words true where a sample is a little endian 16-bit word
 */
record Samples(byte[] data, int base, int step, int stride, int width, int height, boolean words) {

  static int channels(PixelFormat format) {
    return format == PixelFormat.RGB24 ? 3 : format.planes();
  }

  static Samples of(RawFrame frame, int channel) {
    return of(frame.format(), frame.width(), frame.height(), frame.data(), channel);
  }

  static Samples of(PixelFormat format, int width, int height, byte[] data, int channel) {
    if (format == PixelFormat.RGB24) {
      return new Samples(data, channel, 3, 3 * width, width, height, false);
    }
    int bytes = format.bytesPerSample();
    int samples = format.rowSamples(channel, width);
    return new Samples(data, format.planeOffset(channel, width, height), bytes, samples * bytes, samples,
        format.rows(channel, height), bytes == 2);
  }

  int get(int x, int y) {
    int at = base + y * stride + x * step;
    return words ? data[at] & 255 | (data[at + 1] & 255) << 8 : data[at] & 255;
  }

  void set(int x, int y, int value) {
    int at = base + y * stride + x * step;
    data[at] = (byte) value;
    if (words) {
      data[at + 1] = (byte) (value >> 8);
    }
  }

  /** The value between four samples; coordinates are clamped to the picture. */
  float at(float x, float y) {
    float cx = Math.clamp(x, 0, width - 1);
    float cy = Math.clamp(y, 0, height - 1);
    int x0 = (int) cx;
    int y0 = (int) cy;
    int x1 = Math.min(x0 + 1, width - 1);
    int y1 = Math.min(y0 + 1, height - 1);
    float fx = cx - x0;
    float fy = cy - y0;
    float top = get(x0, y0) + fx * (get(x1, y0) - get(x0, y0));
    float bottom = get(x0, y1) + fx * (get(x1, y1) - get(x0, y1));
    return top + fy * (bottom - top);
  }
}
