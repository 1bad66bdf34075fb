package org.answerprint.joins;

import org.answerprint.frames.FrameSink;
import org.answerprint.frames.RawFrame;

/**
 * A linear cross-fade of the samples as they are stored, whatever their planes mean. Rounded to the nearest level, in
 * integers.
 */
final class Dissolve implements Join {

  /** {@code JoinBenchmark} says 73 million for the join alone; its frames are read from a pack and encoded too. */
  private static final double PIXELS_PER_SECOND = 10e6;

  @Override
  public String name() {
    return "dissolve";
  }

  @Override
  public String version() {
    return "1";
  }

  @Override
  public double secondsPerFrame(long pixels) {
    return pixels / PIXELS_PER_SECOND;
  }

  @Override
  public void between(Side left, Side right, FrameSink sink) {
    Steps.walk(left, right, sink, Dissolve::mix);
  }

  static byte[] mix(RawFrame left, RawFrame right, int index, int count) {
    int scale = 1 << 15;
    int b = Math.round((float) index * scale / (count + 1));
    int a = scale - b;
    return left.format().bytesPerSample() == 1
        ? mixBytes(left.data(), right.data(), a, b)
        : mixWords(left.data(), right.data(), a, b);
  }

  private static byte[] mixBytes(byte[] left, byte[] right, int a, int b) {
    byte[] out = new byte[left.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (byte) ((left[i] & 255) * a + (right[i] & 255) * b + (1 << 14) >> 15);
    }
    return out;
  }

  private static byte[] mixWords(byte[] left, byte[] right, int a, int b) {
    byte[] out = new byte[left.length];
    for (int i = 0; i < out.length; i += 2) {
      int x = left[i] & 255 | (left[i + 1] & 255) << 8;
      int y = right[i] & 255 | (right[i + 1] & 255) << 8;
      int value = (int) ((long) x * a + (long) y * b + (1 << 14) >> 15);
      out[i] = (byte) value;
      out[i + 1] = (byte) (value >> 8);
    }
    return out;
  }
}
