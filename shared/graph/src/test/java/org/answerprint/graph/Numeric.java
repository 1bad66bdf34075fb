package org.answerprint.graph;

import java.util.Arrays;
import java.util.Random;

/** Numbers of a known shape, in double whatever the graph's type is. */
record Numeric(long[] shape, double[] values) {

  static Numeric of(double value) {
    return new Numeric(new long[0], new double[] {value});
  }

  static Numeric of(long[] shape, double... values) {
    return new Numeric(shape, values);
  }

  static Numeric random(Random random, long... shape) {
    return new Numeric(shape, random.doubles(Arrays.stream(shape).reduce(1, (a, b) -> a * b), -1.5, 1.5).toArray());
  }

  Numeric with(int index, double value) {
    double[] changed = values.clone();
    changed[index] = value;
    return new Numeric(shape, changed);
  }

  /** The norm of the difference over the norm of the wanted one. */
  double relativeErrorTo(Numeric wanted) {
    double difference = 0;
    double norm = 0;
    for (int i = 0; i < values.length; i++) {
      difference += Math.pow(values[i] - wanted.values[i], 2);
      norm += Math.pow(wanted.values[i], 2);
    }
    return norm == 0 ? Math.sqrt(difference) : Math.sqrt(difference / norm);
  }
}
