package org.answerprint.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class NoiseTest {

  private static final float[] PINNED_0 = {-0.17660189f, 1.4621629f, -1.602133f, 0.20066267f};
  private static final float[] PINNED_1 = {-1.0316885f, 0.3286663f, -0.24089764f};

  @Test
  void isTheSameHoweverItIsCut() {
    Noise noise = Noise.of(7, 3);
    float[] whole = noise.values(0, 1001);
    for (int cut : new int[] {1, 2, 500, 999}) {
      assertThat(noise.values(0, cut)).containsExactly(Arrays.copyOf(whole, cut));
      assertThat(noise.values(cut, 1001 - cut)).containsExactly(Arrays.copyOfRange(whole, cut, 1001));
    }
  }

  @Test
  void differsBySeedAndByStream() {
    float[] one = Noise.of(1, 0).values(0, 64);
    assertThat(Noise.of(1, 0).values(0, 64)).containsExactly(one);
    for (Noise other : new Noise[] {Noise.of(2, 0), Noise.of(1, 1), Noise.of(0, 1), Noise.of(-1, 0)}) {
      assertThat(correlation(one, other.values(0, 64))).isCloseTo(0, Offset.offset(0.5));
    }
  }

  @Test
  void isNormal() {
    float[] values = Noise.of(42, 0).values(1L << 40, 200_000);
    assertThat(mean(values, 1)).isCloseTo(0, Offset.offset(0.01));
    assertThat(mean(values, 2)).isCloseTo(1, Offset.offset(0.015));
    assertThat(mean(values, 3)).isCloseTo(0, Offset.offset(0.03));
    assertThat(mean(values, 4)).isCloseTo(3, Offset.offset(0.1));
    float[] next = Arrays.copyOfRange(values, 1, values.length);
    assertThat(correlation(Arrays.copyOf(values, next.length), next)).isCloseTo(0, Offset.offset(0.01));
  }

  /** Pinned: films made with a seed are to be made again. The numbers were calculated outside this class, by its definition. */
  @Test
  void givesTheNumbersOfItsDefinition() {
    assertThat(Noise.of(0, 0).values(0, 4)).containsExactly(PINNED_0);
    assertThat(Noise.of(-5, 2).values(9, 3)).containsExactly(PINNED_1);
  }

  private static double mean(float[] values, int power) {
    return IntStream.range(0, values.length).mapToDouble(i -> Math.pow(values[i], power)).average().orElseThrow();
  }

  private static double correlation(float[] a, float[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> (double) a[i] * b[i]).average().orElseThrow();
  }
}
