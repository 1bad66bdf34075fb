package org.answerprint.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ClipSimilarityTest {

  private static final Embedding EAST = Embedding.of(2, 0);
  private static final Embedding NORTH = Embedding.of(0, 0.1f);
  private static final Embedding NORTH_EAST = Embedding.of(3, 3);
  private static final double HALF_RIGHT = Math.sqrt(0.5);

  @Test
  void lengthsDoNotMatter() {
    assertThat(EAST.cosine(Embedding.of(1e-6f, 0))).isEqualTo(1, within(1e-7));
    assertThat(EAST.cosine(Embedding.of(-5, 0))).isEqualTo(-1, within(1e-7));
  }

  @Test
  void theTextsSimilarityIsTheMeanOverFrames() {
    assertThat(ClipSimilarity.text(List.of(EAST, NORTH, NORTH_EAST), EAST)).isEqualTo((1 + 0 + HALF_RIGHT) / 3, within(1e-7));
  }

  @Test
  void theFramesSimilarityIsTheMeanOverNeighboursOrOverAllPairs() {
    List<Embedding> frames = List.of(EAST, NORTH_EAST, NORTH);
    assertThat(ClipSimilarity.consecutiveFrames(frames)).isEqualTo(HALF_RIGHT, within(1e-7));
    assertThat(ClipSimilarity.allFrames(frames)).isEqualTo(2 * HALF_RIGHT / 3, within(1e-7));
  }

  @Test
  void theScenesSimilarityIsTheMeanOverFramesAndScenes() {
    assertThat(ClipSimilarity.scenes(List.of(EAST, NORTH_EAST), List.of(EAST, NORTH)))
        .isEqualTo((1 + 0 + 2 * HALF_RIGHT) / 4, within(1e-7));
  }

  @Test
  void aClipThatStandsStillIsAsConsistentAsCanBe() {
    assertThat(ClipSimilarity.consecutiveFrames(List.of(NORTH_EAST, NORTH_EAST, NORTH_EAST))).isEqualTo(1, within(1e-7));
  }

  @Test
  void whatHasNoDirectionOrNoFramesIsRefused() {
    assertThatThrownBy(() -> Embedding.of(0, 0)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("direction");
    assertThatThrownBy(() -> Embedding.of(1, Float.NaN)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> EAST.cosine(Embedding.of(1))).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ClipSimilarity.text(List.of(), EAST)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ClipSimilarity.consecutiveFrames(List.of(EAST))).isInstanceOf(IllegalArgumentException.class);
  }
}
