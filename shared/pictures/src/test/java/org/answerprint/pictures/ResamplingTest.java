package org.answerprint.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.api.Test;

class ResamplingTest {

  @ParameterizedTest
  @EnumSource
  void aConstantMapStaysOneAtAnySize(Resampling kind) {
    float[] map = new float[7 * 5];
    java.util.Arrays.fill(map, 0.3f);

    for (int[] size : new int[][] {{1, 1}, {3, 2}, {7, 5}, {20, 33}}) {
      for (float value : kind.resize(map, 1, 7, 5, size[0], size[1])) {
        assertThat(value).isCloseTo(0.3f, within(1e-6f));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void theSameSizeGivesTheSameMap(Resampling kind) {
    float[] map = {1, 2, 3, 4, 5, 6};

    assertThat(kind.resize(map, 1, 3, 2, 3, 2)).isSameAs(map);
  }

  @Test
  void bilinearIsPyTorchsInterpolateWithoutCorners() {
    assertThat(Resampling.BILINEAR.resize(new float[] {0, 1}, 1, 2, 1, 4, 1)).containsExactly(0, 0.25f, 0.75f, 1);
    assertThat(Resampling.BILINEAR.resize(new float[] {0, 1, 2, 3, 4, 5, 6, 7}, 1, 8, 1, 2, 1)).containsExactly(1.5f, 5.5f);
    assertThat(Resampling.BILINEAR.resize(new float[] {0, 1, 2, 3, 4, 5}, 1, 3, 2, 3, 4))
        .containsExactly(0, 1, 2, 0.75f, 1.75f, 2.75f, 2.25f, 3.25f, 4.25f, 3, 4, 5);
  }

  @Test
  void lanczosKeepsAWaveThatBothSizesCanHold() {
    float[] wave = new float[64];
    for (int i = 0; i < wave.length; i++) {
      wave[i] = (float) Math.sin(2 * Math.PI * (i + 0.5) / 16);
    }
    float[] large = Resampling.LANCZOS.resize(wave, 1, 64, 1, 256, 1);
    for (int i = 32; i < 224; i++) {
      assertThat(large[i]).isCloseTo((float) Math.sin(2 * Math.PI * (i + 0.5) / 64), within(0.02f));
    }
    float[] back = Resampling.LANCZOS.resize(large, 1, 256, 1, 64, 1);
    for (int i = 8; i < 56; i++) {
      assertThat(back[i]).isCloseTo(wave[i], within(0.02f));
    }
  }

  @Test
  void mapsOfAnyNumberAreResizedEachByItself() {
    float[] both = Resampling.LANCZOS.resize(new float[] {1, 2, 3, 4, 50, 60, 70, 80}, 2, 2, 2, 3, 5);
    float[] second = Resampling.LANCZOS.resize(new float[] {50, 60, 70, 80}, 1, 2, 2, 3, 5);

    assertThat(java.util.Arrays.copyOfRange(both, 15, 30)).containsExactly(second);
  }
}
