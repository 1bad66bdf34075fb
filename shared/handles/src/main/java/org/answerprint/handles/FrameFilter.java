package org.answerprint.handles;

import org.answerprint.frames.PixelFormat;

/**
 * Turns a frame into differences that compress well, and back: each sample becomes itself minus the sample above it in
 * its plane, modulo its word. Of 16-bit samples the differences are folded to small unsigned words and a plane's low
 * bytes stand before its high bytes. As long as the frame, exactly reversible for any content.
 */
final class FrameFilter {

  private FrameFilter() {}

  static void apply(HandleHeader header, byte[] frame, byte[] filtered) {
    PixelFormat format = header.format();
    for (int p = 0; p < format.planes(); p++) {
      int at = format.planeOffset(p, header.width(), header.height());
      int samples = format.rowSamples(p, header.width());
      int rows = format.rows(p, header.height());
      if (format.bytesPerSample() == 1) {
        differenceOfBytes(frame, filtered, at, samples, rows);
      } else {
        differenceOfWords(frame, filtered, at, samples, rows);
      }
    }
  }

  static void undo(HandleHeader header, byte[] filtered, byte[] frame) {
    PixelFormat format = header.format();
    for (int p = 0; p < format.planes(); p++) {
      int at = format.planeOffset(p, header.width(), header.height());
      int samples = format.rowSamples(p, header.width());
      int rows = format.rows(p, header.height());
      if (format.bytesPerSample() == 1) {
        sumOfBytes(filtered, frame, at, samples, rows);
      } else {
        sumOfWords(filtered, frame, at, samples, rows);
      }
    }
  }

  private static void differenceOfBytes(byte[] frame, byte[] filtered, int at, int samples, int rows) {
    System.arraycopy(frame, at, filtered, at, samples);
    int end = at + samples * rows;
    for (int i = at + samples; i < end; i++) {
      filtered[i] = (byte) (frame[i] - frame[i - samples]);
    }
  }

  private static void sumOfBytes(byte[] filtered, byte[] frame, int at, int samples, int rows) {
    System.arraycopy(filtered, at, frame, at, samples);
    for (int y = 1; y < rows; y++) {
      int row = at + y * samples;
      for (int x = 0; x < samples; x++) {
        frame[row + x] = (byte) (filtered[row + x] + frame[row - samples + x]);
      }
    }
  }

  private static void differenceOfWords(byte[] frame, byte[] filtered, int at, int samples, int rows) {
    int count = samples * rows;
    for (int i = 0; i < count; i++) {
      int above = i < samples ? 0 : word(frame, at + 2 * (i - samples));
      int difference = (short) (word(frame, at + 2 * i) - above);
      int folded = difference << 1 ^ difference >> 31;
      filtered[at + i] = (byte) folded;
      filtered[at + count + i] = (byte) (folded >> 8);
    }
  }

  private static void sumOfWords(byte[] filtered, byte[] frame, int at, int samples, int rows) {
    int count = samples * rows;
    for (int i = 0; i < count; i++) {
      int folded = filtered[at + i] & 255 | (filtered[at + count + i] & 255) << 8;
      int difference = folded >>> 1 ^ -(folded & 1);
      int value = difference + (i < samples ? 0 : word(frame, at + 2 * (i - samples)));
      frame[at + 2 * i] = (byte) value;
      frame[at + 2 * i + 1] = (byte) (value >> 8);
    }
  }

  private static int word(byte[] bytes, int at) {
    return bytes[at] & 255 | (bytes[at + 1] & 255) << 8;
  }
}
