package org.answerprint.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ShotIndexTest {

  private static final long[] PTS = LongStream.range(0, 300).map(i -> i * 512).toArray();

  @Test
  void theMiddleFrameStandsForAShotWithoutKeyFrames() {
    assertThat(ShotIndex.pictureFrame(PTS, new long[0])).isEqualTo(150);
    assertThat(ShotIndex.pictureFrame(new long[] {7}, new long[] {7})).isZero();
  }

  @Test
  void aFrameALittleBehindAKeyFrameStandsForAShotThatHasOne() {
    assertThat(ShotIndex.pictureFrame(PTS, new long[] {0, 250 * 512})).isEqualTo(24);
    assertThat(ShotIndex.pictureFrame(PTS, new long[] {0, 100 * 512, 160 * 512})).isEqualTo(124);
  }

  @Test
  void noFrameBehindTheMiddleStandsForAShot() {
    assertThat(ShotIndex.pictureFrame(PTS, new long[] {140 * 512})).isEqualTo(150);
  }
}
