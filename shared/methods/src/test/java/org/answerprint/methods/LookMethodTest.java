package org.answerprint.methods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.answerprint.faults.RequestFault;
import org.answerprint.frames.PixelFormat;
import org.answerprint.frames.RawFrame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LookMethodTest {

  private static final int WIDTH = 32;
  private static final int HEIGHT = 16;

  @TempDir
  Path folder;

  @Test
  void aTableThatTurnsLightIntoDarkDoes() throws IOException {
    FrameTrack track = grey(200);
    track.edit("look", MethodsTest.full("look"), Map.of("looks/a.cube", table(true)));

    assertThat(track.edited()).extracting(RawFrame::pts).isEqualTo(track.copies().stream().map(RawFrame::pts).toList());
    assertThat(track.edited()).extracting(RawFrame::duration)
        .isEqualTo(track.copies().stream().map(RawFrame::duration).toList());
    assertThat(track.progress()).containsExactly(1L, 2L, 3L);
    assertThat(track.edited()).allSatisfy(frame -> {
      assertThat(luma(frame)).as("16 + 235 - 200, within one step").isBetween(50, 52);
      assertThat(frame.data()[WIDTH * HEIGHT] & 0xff).as("still grey").isBetween(127, 129);
    });
  }

  @Test
  void aTableThatChangesNothingChangesNothing() throws IOException {
    FrameTrack track = grey(90);
    track.edit("look", MethodsTest.full("look"), Map.of("looks/a.cube", table(false)));

    assertThat(track.edited()).allSatisfy(frame -> assertThat(luma(frame)).isBetween(89, 91));
  }

  @Test
  void aFileThatIsNoTableIsTheAskersFault() throws IOException {
    Path nonsense = Files.writeString(folder.resolve("nonsense.cube"), "LUT_3D_SIZE two\n");

    assertThatThrownBy(() -> grey(90).edit("look", MethodsTest.full("look"), Map.of("looks/a.cube", nonsense)))
        .isInstanceOf(RequestFault.class).hasMessageContaining(".cube");
  }

  private static FrameTrack grey(int luma) {
    return new FrameTrack(PixelFormat.YUV420P, WIDTH, HEIGHT, new Random(1), 3).fill(luma);
  }

  private static int luma(RawFrame frame) {
    return frame.data()[WIDTH * 8 + 16] & 0xff;
  }

  /** A table of two steps along each axis, red fastest. */
  private Path table(boolean negative) throws IOException {
    StringBuilder text = new StringBuilder("LUT_3D_SIZE 2\n");
    for (int i = 0; i < 8; i++) {
      int point = negative ? 7 - i : i;
      text.append(point & 1).append(' ').append(point >> 1 & 1).append(' ').append(point >> 2).append('\n');
    }
    return Files.writeString(folder.resolve("a.cube"), text);
  }
}
