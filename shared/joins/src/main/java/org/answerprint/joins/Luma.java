package org.answerprint.joins;

import org.answerprint.frames.RawFrame;

/** The 8-bit luma of a frame, which flow is found on. */
final class Luma {

  private Luma() {}

  /** Row by row, {@code width * height} bytes; of deeper samples the upper 8 bits. */
  static byte[] of(RawFrame frame) {
    byte[] data = frame.data();
    byte[] luma = new byte[frame.width() * frame.height()];
    switch (frame.format()) {
      case GRAY8, YUV420P, YUV422P, YUV444P -> System.arraycopy(data, 0, luma, 0, luma.length);
      case YUV420P10, YUV422P10, YUV444P10 -> {
        for (int i = 0; i < luma.length; i++) {
          luma[i] = (byte) ((data[2 * i] & 255 | (data[2 * i + 1] & 255) << 8) >> 2);
        }
      }
      case RGB24 -> {
        for (int i = 0; i < luma.length; i++) {
          int weighted = 54 * (data[3 * i] & 255) + 183 * (data[3 * i + 1] & 255) + 19 * (data[3 * i + 2] & 255);
          luma[i] = (byte) (weighted + 128 >> 8);
        }
      }
    }
    return luma;
  }
}
