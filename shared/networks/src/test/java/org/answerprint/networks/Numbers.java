package org.answerprint.networks;

import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import java.util.SplittableRandom;
import org.answerprint.weights.Tensor;

/** Floats of a known shape. */
record Numbers(long[] shape, float[] values) {

  static Numbers of(Tensor tensor) {
    return new Numbers(tensor.shape().toArray(), tensor.toFloats());
  }

  static Numbers scalar(double value) {
    return new Numbers(new long[0], new float[] {(float) value});
  }

  /** Normal ones, by a generator that is many times as quick at them as the one that it is seeded from. */
  static Numbers random(Random random, long... shape) {
    SplittableRandom quick = new SplittableRandom(random.nextLong());
    float[] values = new float[(int) elements(shape)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) quick.nextGaussian();
    }
    return new Numbers(shape, values);
  }

  /** A single number from a tensor of one, whole ones included. */
  static Numbers scalar(Tensor tensor) {
    return scalar(tensor.type().isFloat() ? tensor.toFloats()[0] : integers(tensor)[0]);
  }

  static Numbers zeros(long... shape) {
    return new Numbers(shape, new float[(int) elements(shape)]);
  }

  static long elements(long... shape) {
    return Arrays.stream(shape).reduce(1, (a, b) -> a * b);
  }

  static long[] integers(Tensor tensor) {
    long[] values = new long[(int) tensor.shape().elements()];
    tensor.buffer().order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().get(values);
    return values;
  }

  /** Rows of the first axis, in this order. */
  Numbers rows(int... rows) {
    int row = values.length / (int) shape[0];
    float[] picked = new float[rows.length * row];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(values, rows[i] * row, picked, i * row, row);
    }
    long[] lengths = shape.clone();
    lengths[0] = rows.length;
    return new Numbers(lengths, picked);
  }

  Numbers plus(Numbers other, double factor) {
    float[] sum = values.clone();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += (float) (factor * other.values[i]);
    }
    return new Numbers(shape, sum);
  }

  double dot(Numbers other) {
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += (double) values[i] * other.values[i];
    }
    return sum;
  }

  /** The norm of the difference over the norm of what was wanted. */
  double errorTo(Numbers wanted) {
    if (!Arrays.equals(shape, wanted.shape)) {
      throw new AssertionError("the shape " + Arrays.toString(shape) + " is not " + Arrays.toString(wanted.shape));
    }
    Numbers difference = plus(wanted, -1);
    return Math.sqrt(difference.dot(difference) / wanted.dot(wanted));
  }
}
