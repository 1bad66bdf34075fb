package org.answerprint.pictures;

/**
 * Maps brought to another size, one axis after the other. Samples lie in the middle of their pixels, and what lies beyond an edge is
 * what lies at it.
 */
public enum Resampling {
  /** Straight lines between neighbouring samples, also on the way down: {@code interpolate} of PyTorch without corners or averaging. */
  BILINEAR(1, false) {
    @Override
    double weight(double distance) {
      return Math.max(0, 1 - Math.abs(distance));
    }
  },
  /** Lanczos' windowed sinc of three lobes, as wide on the way down as the pixel that it makes. */
  LANCZOS(3, true) {
    @Override
    double weight(double distance) {
      double x = Math.abs(distance);
      if (x >= 3) {
        return 0;
      }
      double angle = Math.PI * x;
      return x < 1e-9 ? 1 : 3 * Math.sin(angle) * Math.sin(angle / 3) / (angle * angle);
    }
  };

  private final int reach;
  private final boolean averages;

  Resampling(int reach, boolean averages) {
    this.reach = reach;
    this.averages = averages;
  }

  abstract double weight(double distance);

  /**
   * Maps one after another at a new size.
   *
   * @param maps {@code [count, height, width]}; not written to
   * @return new ones {@code [count, newHeight, newWidth]}, or the same where the size is
   */
  public float[] resize(float[] maps, int count, int width, int height, int newWidth, int newHeight) {
    float[] wide = width == newWidth ? maps : along(maps, count * height, width, 1, newWidth);
    return height == newHeight ? wide : along(wide, count, height, newWidth, newHeight);
  }

  /** Of {@code [outer, length, inner]} the middle axis. */
  private float[] along(float[] values, int outer, int length, int inner, int newLength) {
    Taps taps = taps(length, newLength);
    float[] result = new float[outer * newLength * inner];
    for (int o = 0; o < outer; o++) {
      for (int i = 0; i < newLength; i++) {
        taps.gather(values, o * length * inner, inner, i, result, (o * newLength + i) * inner);
      }
    }
    return result;
  }

  private Taps taps(int length, int newLength) {
    double scale = (double) length / newLength;
    double spread = averages ? Math.max(1, scale) : 1;
    int width = (int) Math.ceil(reach * spread) * 2 + 1;
    int[] places = new int[newLength * width];
    float[] weights = new float[newLength * width];
    for (int i = 0; i < newLength; i++) {
      double centre = (i + 0.5) * scale - 0.5;
      int first = (int) Math.floor(centre) - width / 2;
      double sum = 0;
      for (int t = 0; t < width; t++) {
        sum += weight((first + t - centre) / spread);
      }
      for (int t = 0; t < width; t++) {
        places[i * width + t] = Math.clamp(first + t, 0, length - 1);
        weights[i * width + t] = (float) (weight((first + t - centre) / spread) / sum);
      }
    }
    return new Taps(width, places, weights);
  }

  /** Which samples make up each new one, and how much of each. */
  private record Taps(int width, int[] places, float[] weights) {

    void gather(float[] values, int from, int inner, int i, float[] result, int to) {
      for (int t = i * width; t < (i + 1) * width; t++) {
        float weight = weights[t];
        if (weight != 0) {
          int row = from + places[t] * inner;
          for (int x = 0; x < inner; x++) {
            result[to + x] += weight * values[row + x];
          }
        }
      }
    }
  }
}
