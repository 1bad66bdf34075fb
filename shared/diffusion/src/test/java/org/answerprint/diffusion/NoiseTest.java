package org.answerprint.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class NoiseTest {

  /** These numbers are promised for ever; they were computed by another program from the same description. */
  @Test
  void drawsTheNumbersThatItAlwaysDrew() {
    assertThat(Noise.ofSeed(0).draw(4)).containsExactly(
        (float) -0.452757740217458, (float) 0.20776603893419193, (float) 2.65060581207967,
        (float) -0.49042282539864784);
    assertThat(Noise.ofSeed(7).draw(3)).containsExactly(
        (float) 1.3649922974572284, (float) 0.14452122126941497, (float) -0.39652397525381783);
    assertThat(Noise.ofSeed(7).stream(3).stream(-1).draw(4)).containsExactly(
        (float) -0.2899526515573567, (float) 0.7581415238902396, (float) -0.06305522824473164,
        (float) -1.493320090544044);
  }

  @Test
  void drawsTheSameWhateverWasDrawnBeforeAndHoweverMuch() {
    Noise noise = Noise.ofSeed(5);
    float[] whole = noise.draw(9);
    noise.stream(1).draw(100);
    assertThat(noise.draw(4)).containsExactly(Arrays.copyOf(whole, 4));
    float[] part = new float[9];
    noise.fill(part, 3, 5);
    assertThat(part).containsExactly(0, 0, 0, whole[0], whole[1], whole[2], whole[3], whole[4], 0);
  }

  @Test
  void isNormalAndDiffersFromStreamToStream() {
    int count = 200_000;
    float[] one = Noise.ofSeed(123).stream(0).draw(count);
    float[] other = Noise.ofSeed(123).stream(1).draw(count);
    double[] moments = new double[5];
    double tail = 0;
    for (int i = 0; i < count; i++) {
      moments[0] += one[i];
      moments[1] += one[i] * one[i];
      moments[2] += one[i] * other[i];
      moments[3] += Math.pow(one[i], 4);
      moments[4] += i == 0 ? 0 : one[i] * one[i - 1];
      tail += Math.abs(one[i]) > 1.959964 ? 1 : 0;
    }
    assertThat(moments[0] / count).isCloseTo(0, within(0.01));
    assertThat(moments[1] / count).isCloseTo(1, within(0.015));
    assertThat(moments[2] / count).isCloseTo(0, within(0.01));
    assertThat(moments[3] / count).isCloseTo(3, within(0.1));
    assertThat(moments[4] / count).isCloseTo(0, within(0.01));
    assertThat(tail / count).isCloseTo(0.05, within(0.003));
  }
}
