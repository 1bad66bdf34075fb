package org.answerprint.joins;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.answerprint.frames.PixelFormat;
import org.answerprint.frames.RawFrame;

/** Textures made from a seed, and how far two pictures are apart. */
final class Pictures {

  private Pictures() {}

  /** A smooth texture that moves {@code speed} luma pixels to the right from frame to frame; 40 ticks each. */
  static List<RawFrame> drifting(
      PixelFormat format, int width, int height, int count, int seed, long pts, double speed) {
    List<RawFrame> frames = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] data = new byte[format.frameBytes(width, height)];
      for (int c = 0; c < Samples.channels(format); c++) {
        Samples samples = Samples.of(format, width, height, data, c);
        int zoom = samples.width() == width ? 1 : 2;
        Waves waves = new Waves(seed + (format == PixelFormat.RGB24 ? 0 : 100 * c));
        for (int y = 0; y < samples.height(); y++) {
          for (int x = 0; x < samples.width(); x++) {
            double value = waves.at(zoom * x - speed * i, zoom * y);
            samples.set(x, y, (int) Math.round(value * (format.bitDepth() == 10 ? 4 : 1)));
          }
        }
      }
      frames.add(new RawFrame(format, width, height, pts + 40L * i, 40, data));
    }
    return frames;
  }

  /** Six waves that cross each other in directions of a seed's own. */
  private static final class Waves {

    private static final int COUNT = 6;

    private final double[] cos = new double[COUNT];
    private final double[] sin = new double[COUNT];
    private final int seed;

    Waves(int seed) {
      this.seed = seed;
      Arrays.setAll(cos, k -> Math.cos(angle(k + 1)));
      Arrays.setAll(sin, k -> Math.sin(angle(k + 1)));
    }

    private double angle(int k) {
      return seed * 1.7 + k * 2.4;
    }

    double at(double x, double y) {
      double sum = 128;
      for (int k = 1; k <= COUNT; k++) {
        double frequency = 0.1 + 0.07 * k;
        sum += 18 * Math.sin(frequency * (x * cos[k - 1] + y * sin[k - 1]) + seed * k);
      }
      return sum;
    }
  }

  /** Frames of 4x4 pixels of one level each. */
  static List<RawFrame> plain(PixelFormat format, int... levels) {
    return Arrays.stream(levels).mapToObj(level -> {
      byte[] data = new byte[format.frameBytes(4, 4)];
      for (int i = 0; i < data.length; i += 2) {
        data[i] = (byte) level;
        data[i + 1] = (byte) (level >> 8);
      }
      return new RawFrame(format, 4, 4, level, 1, data);
    }).toList();
  }

  /** Mean absolute difference of samples, in levels. */
  static double error(RawFrame a, RawFrame b) {
    return innerError(a, b, 0);
  }

  /** The same without a margin of luma pixels. */
  static double innerError(RawFrame a, RawFrame b, int margin) {
    double sum = 0;
    int count = 0;
    for (int c = 0; c < Samples.channels(a.format()); c++) {
      Samples first = Samples.of(a, c);
      Samples second = Samples.of(b, c);
      for (int y = margin; y < first.height() - margin; y++) {
        for (int x = margin; x < first.width() - margin; x++, count++) {
          sum += Math.abs(first.get(x, y) - second.get(x, y));
        }
      }
    }
    return sum / count;
  }
}
