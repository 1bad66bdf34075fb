package org.answerprint.cli;

import java.util.Locale;

/** Look-up tables that are made by rule, in the .cube format: red changes fastest, values of 0 to 1. */
enum Looks {
  /** Cool shadows, warm lights, a little more contrast and colour. */
  TEAL_ORANGE("looks/teal-orange.cube", "Teal and orange") {
    @Override
    double[] colour(double red, double green, double blue) {
      double light = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
      double warm = smooth(0.15, 0.75, light);
      // black stays black and white stays white
      double share = Math.min(1, 5 * light * (1 - light));
      return new double[] {
        toned(red, light) + share * mix(-0.10, 0.11, warm),
        toned(green, light) + share * mix(0.015, 0.01, warm),
        toned(blue, light) + share * mix(0.09, -0.12, warm)};
    }

    private double toned(double value, double light) {
      double richer = light + 1.15 * (value - light);
      return mix(richer, smooth(0, 1, Math.clamp(richer, 0, 1)), 0.25);
    }
  },
  /** As in the late afternoon. */
  WARM("looks/warm.cube", "Warm") {
    @Override
    double[] colour(double red, double green, double blue) {
      return new double[] {Math.pow(red, 0.84), Math.pow(green, 0.97), 0.94 * Math.pow(blue, 1.25)};
    }
  };

  private static final int SIZE = 17;

  private final String key;
  private final String title;

  Looks(String key, String title) {
    this.key = key;
    this.title = title;
  }

  /** Where it lies in the bucket {@code in}. */
  String key() {
    return key;
  }

  abstract double[] colour(double red, double green, double blue);

  /** The file. */
  String cube() {
    StringBuilder text = new StringBuilder("TITLE \"" + title + "\"\nLUT_3D_SIZE " + SIZE + "\n");
    for (int i = 0; i < SIZE * SIZE * SIZE; i++) {
      double[] colour = colour(part(i), part(i / SIZE), part(i / SIZE / SIZE));
      text.append(String.format(Locale.ROOT, "%.5f %.5f %.5f\n", clamp(colour[0]), clamp(colour[1]), clamp(colour[2])));
    }
    return text.toString();
  }

  private static double part(int i) {
    return i % SIZE / (SIZE - 1.0);
  }

  private static double clamp(double value) {
    return Math.clamp(value, 0, 1);
  }

  static double mix(double a, double b, double share) {
    return a + (b - a) * share;
  }

  static double smooth(double from, double to, double value) {
    double t = Math.clamp((value - from) / (to - from), 0, 1);
    return t * t * (3 - 2 * t);
  }
}
