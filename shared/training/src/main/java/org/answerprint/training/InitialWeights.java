package org.answerprint.training;

import java.util.Arrays;
import org.answerprint.diffusion.Noise;
import org.answerprint.graph.NamedType;

/**
 * First values by name and shape, as PyTorch's layers begin: matrices and kernels even within one over the root of their inputs,
 * scales of normalisations 1, biases 0; tables and positions normal with deviation 0.02.
 */
public final class InitialWeights {

  private static final double TABLE_DEVIATION = 0.02;
  private static final double HALF = 0.5;

  private InitialWeights() {}

  /** The values of one weight; each name has a stream of its own. */
  public static float[] of(NamedType weight, long seed) {
    long[] lengths = weight.type().shape().sizes();
    int count = Math.toIntExact(weight.type().shape().elements().value());
    Noise noise = Noise.ofSeed(seed).stream(weight.name().hashCode());
    if (isTable(weight.name())) {
      return scaled(noise.draw(count), TABLE_DEVIATION);
    }
    if (lengths.length < 2) {
      float[] values = new float[count];
      Arrays.fill(values, weight.name().endsWith("weight") ? 1 : 0);
      return values;
    }
    int inputs = count / Math.toIntExact(lengths[0]);
    return even(noise, count, 1 / Math.sqrt(inputs));
  }

  private static boolean isTable(String name) {
    return name.contains("embedding.weight") || name.endsWith("_embeddings") || name.endsWith("_token");
  }

  private static float[] scaled(float[] values, double factor) {
    for (int i = 0; i < values.length; i++) {
      values[i] *= (float) factor;
    }
    return values;
  }

  /** Even within a bound: the angle of two normal numbers is even around the circle. */
  private static float[] even(Noise noise, int count, double bound) {
    float[] values = noise.draw(2 * count);
    float[] result = new float[count];
    for (int i = 0; i < count; i++) {
      double angle = Math.atan2(values[2 * i], values[2 * i + 1]) / (2 * Math.PI) + HALF;
      result[i] = (float) (bound * (2 * angle - 1));
    }
    return result;
  }
}
