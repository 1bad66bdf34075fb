package org.answerprint.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DepthRangeTest {

  @Test
  void stretchesEachMapOrTheWholeClip() {
    float[] maps = {1, 3, 2, 10, 20, 30};
    DepthRange.normalise(maps, 3);
    assertThat(maps).containsExactly(-1, 1, 0, -1, 0, 1);
    float[] clip = {0, 1, 2, 4};
    DepthRange.normalise(clip, 4);
    assertThat(clip).containsExactly(-1, -0.5f, 0, 1);
  }

  @Test
  void makesNoughtOfAMapOfOneValue() {
    float[] maps = {7, 7, 1, 2};
    DepthRange.normalise(maps, 2);
    assertThat(maps).containsExactly(0, 0, -1, 1);
  }

  @Test
  void takesWholeMaps() {
    assertThatThrownBy(() -> DepthRange.normalise(new float[3], 2)).isInstanceOf(IllegalArgumentException.class);
  }
}
