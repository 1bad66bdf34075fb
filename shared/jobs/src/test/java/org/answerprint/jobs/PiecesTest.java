package org.answerprint.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PiecesTest {

  @Test
  void aShortShotIsOnePiece() {
    assertThat(Pieces.bounds(ticks(240), new long[] {0}, 240, 0, 0)).containsExactly(0, 240);
    assertThat(Pieces.bounds(ticks(1), new long[0], 240, 0, 0)).containsExactly(0, 1);
  }

  @Test
  void piecesAreEqualWhereNoKeyFrameIsNear() {
    assertThat(Pieces.bounds(ticks(720), new long[] {0}, 240, 0, 0)).containsExactly(0, 240, 480, 720);
  }

  @Test
  void piecesBeginAtKeyFrames() {
    assertThat(Pieces.bounds(ticks(1800), keys(0, 250, 500, 750, 1000, 1250, 1500, 1750), 240, 0, 0))
        .containsExactly(0, 250, 500, 750, 1000, 1250, 1500, 1750, 1800);
  }

  @Test
  void whatATransitionTakesStaysInOnePiece() {
    assertThat(Pieces.bounds(ticks(500), keys(0, 160, 250), 240, 200, 160)).containsExactly(0, 250, 500);
  }

  @Test
  void anyKeyFramesLeavePiecesThatTile() {
    Random random = new Random(5);
    for (int i = 0; i < 2000; i++) {
      int frames = 1 + random.nextInt(2000);
      int head = random.nextInt(1 + (frames - 1) / 2);
      int tail = random.nextInt(1 + (frames - 1) / 2);
      long[] keys = random.ints(random.nextInt(40), 0, frames).sorted().distinct().mapToLong(n -> n * 512L).toArray();

      int[] bounds = Pieces.bounds(ticks(frames), keys, 240, head, tail);

      assertThat(bounds).startsWith(0).endsWith(frames).isSorted().doesNotHaveDuplicates();
      assertThat(bounds[1]).isGreaterThanOrEqualTo(head);
      assertThat(frames - bounds[bounds.length - 2]).isGreaterThanOrEqualTo(tail);
    }
  }

  private static long[] ticks(int frames) {
    return LongStream.range(0, frames).map(i -> i * 512).toArray();
  }

  private static long[] keys(int... frames) {
    return java.util.Arrays.stream(frames).mapToLong(i -> i * 512L).toArray();
  }
}
