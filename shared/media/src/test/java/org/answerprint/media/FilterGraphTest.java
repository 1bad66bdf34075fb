package org.answerprint.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.answerprint.faults.RequestFault;
import org.answerprint.frames.Colour;
import org.answerprint.frames.PixelFormat;
import org.answerprint.frames.RawFrame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilterGraphTest {

  @TempDir Path folder;

  private Path cube(boolean swapRedAndBlue) throws IOException {
    StringBuilder table = new StringBuilder("LUT_3D_SIZE 2\n");
    for (int i = 0; i < 8; i++) {
      int red = i & 1;
      int blue = i >> 2;
      table.append(swapRedAndBlue ? blue : red).append(' ').append(i >> 1 & 1).append(' ').append(swapRedAndBlue ? red
          : blue).append('\n');
    }
    return Files.writeString(folder.resolve("table.cube"), table);
  }

  @Test
  void anIdentityTableChangesNothing() throws IOException {
    for (Colour colour : new Colour[] {Colour.BT709, new Colour("smpte170m", "unknown", "unknown", true)}) {
      Path film = Films.silent(folder.resolve("film.mp4"), "mp4", Films.settings(96, 64, Films.TICKS, 8, colour),
          Films.regular(96, 64, 2, 0, 512));
      RawFrame frame = Films.readAll(film, PixelFormat.YUV420P).getLast();
      try (FilterGraph graph = FilterGraph.lookUpTable(cube(false), PixelFormat.YUV420P, 96, 64, colour)) {
        for (int i = 0; i < 3; i++) {
          RawFrame same = graph.apply(frame);
          assertThat(Films.meanDifference(same, frame)).isLessThan(0.6);
          assertThat(same.pts()).isEqualTo(frame.pts());
        }
      }
    }
  }

  @Test
  void aTableWorksOnColoursInEveryFormat() throws IOException {
    byte[] data = new byte[64 * 64 * 3];
    for (int i = 0; i < data.length; i += 3) {
      data[i] = (byte) 200;
      data[i + 1] = 60;
      data[i + 2] = 90;
    }
    RawFrame rgb = new RawFrame(PixelFormat.RGB24, 64, 64, 5, 1, data);
    try (FilterGraph graph = FilterGraph.lookUpTable(cube(true), PixelFormat.RGB24, 64, 64, Colour.BT709)) {
      byte[] swapped = graph.apply(rgb).data();
      assertThat(swapped[0] & 255).isBetween(89, 91);
      assertThat(swapped[2] & 255).isBetween(199, 201);
    }
    for (int depth : new int[] {8, 10}) {
      PixelFormat format = depth == 8 ? PixelFormat.YUV420P : PixelFormat.YUV420P10;
      EncoderSettings settings = Films.settings(64, 64, Films.TICKS, depth, Colour.BT709);
      Path film = Films.silent(folder.resolve("film.mp4"), "mp4", settings, List.of(rgb.at(0, 512)));
      try (FilterGraph graph = FilterGraph.lookUpTable(cube(true), format, 64, 64, Colour.BT709)) {
        RawFrame turned = graph.apply(Films.readAll(film, format).getFirst());
        Path after = Films.silent(folder.resolve("after.mp4"), "mp4", settings, List.of(turned));
        byte[] seen = Films.readAll(after, PixelFormat.RGB24).getFirst().data();
        assertThat(seen[3 * (32 * 64 + 32)] & 255).isBetween(86, 94);
        assertThat(seen[3 * (32 * 64 + 32) + 2] & 255).isBetween(196, 204);
      }
    }
  }

  @Test
  void refusesATableThatIsMissingOrBroken() throws IOException {
    Path broken = Files.writeString(folder.resolve("broken.cube"), "no table");
    for (Path table : new Path[] {broken, folder.resolve("missing.cube")}) {
      assertThatThrownBy(() -> FilterGraph.lookUpTable(table, PixelFormat.YUV420P, 64, 64, Colour.BT709))
          .isInstanceOf(RequestFault.class);
    }
  }
}
