package org.answerprint.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.answerprint.faults.TransientFault;
import org.answerprint.frames.Colour;
import org.answerprint.frames.FrameSpec;
import org.answerprint.frames.PixelFormat;
import org.answerprint.frames.RawFrame;
import org.answerprint.frames.TimeBase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VideoReaderTest {

  @TempDir Path folder;

  @Test
  void tellsOfEveryPictureThatIsOnlyPassed() {
    EncoderSettings settings = Films.withGroup(Films.settings(96, 64, Films.TICKS, 8, Colour.BT709), 100);
    Path file = Films.silent(folder.resolve("film.mp4"), "mp4", settings, Films.regular(96, 64, 70, 0, 512));
    List<String> seen = new ArrayList<>();
    try (VideoReader film = VideoReader.open(FileBytes.open(file), Limits.STANDARD)) {
      FrameSpec gray = FrameSpec.sourceSize(PixelFormat.GRAY8);
      long key = film.scan(Long.MIN_VALUE, Long.MAX_VALUE, gray, (frame, isKey) -> { }).keyPts().getLast();
      film.whenPassed(() -> seen.add("passed"));
      film.read(69 * 512, Long.MAX_VALUE, gray, frame -> seen.add("shown"));
      assertThat(seen).hasSize((int) (69 - key / 512) + 1).endsWith("passed", "shown").containsOnlyOnce("shown");
    }
  }

  @ParameterizedTest
  @CsvSource({"mp4, 0", "matroska, 0", "mpegts, 90000", "avi, 0", "mp4, 23040"})
  void findsEveryFrameByItsTimeAlone(String container, long start) {
    boolean avi = container.equals("avi");
    TimeBase timeBase = container.equals("mpegts") ? new TimeBase(1, 90000) : avi ? new TimeBase(1, 30) : Films.TICKS;
    EncoderSettings settings = Films.withGroup(Films.settings(96, 64, timeBase, 8, Colour.BT709), 15);
    List<RawFrame> frames = avi ? Films.regular(96, 64, 70, 0, 1) : Films.irregular(96, 64, 70, start);
    Path file = Films.silent(folder.resolve("film"), container, settings, frames);
    try (VideoReader film = VideoReader.open(FileBytes.open(file), Limits.STANDARD)) {
      List<RawFrame> all = Films.readAll(film, PixelFormat.YUV420P);
      assertThat(all).hasSize(70);
      assertThat(Films.pts(all)).isSorted().doesNotHaveDuplicates();
      List<RawFrame> order = new ArrayList<>(all);
      Collections.shuffle(order, new Random(5));
      for (RawFrame wanted : order) {
        List<RawFrame> found = new ArrayList<>();
        film.read(wanted.pts(), wanted.pts() + 1, FrameSpec.sourceSize(PixelFormat.YUV420P), found::add);
        assertThat(Films.pts(found)).containsExactly(wanted.pts());
        assertThat(found.getFirst().duration()).isEqualTo(wanted.duration());
        assertThat(found.getFirst().data()).isEqualTo(wanted.data());
      }
    }
  }

  @Test
  void readingSmallPicturesLeavesLargeOnesBehindThemExact() {
    Path file = Films.silent(folder.resolve("film.mp4"), "mp4", Films.settings(320, 192, Films.TICKS, 8, Colour.BT709),
        Films.regular(320, 192, 24, 0, 512));
    try (VideoReader film = VideoReader.open(FileBytes.open(file), Limits.STANDARD);
        VideoReader other = VideoReader.open(FileBytes.open(file), Limits.STANDARD)) {
      List<RawFrame> exact = Films.readAll(other, PixelFormat.YUV420P);
      for (int frame = 3; frame < 12; frame += 2) {
        List<RawFrame> behind = new ArrayList<>();
        film.read(0, frame * 512, new FrameSpec(PixelFormat.RGB24, 32, 18), small -> { });
        film.read(frame * 512, Long.MAX_VALUE, FrameSpec.sourceSize(PixelFormat.YUV420P), behind::add);
        assertThat(Films.values(behind)).isEqualTo(Films.values(exact.subList(frame, 24)));
      }
    }
  }

  @Test
  void keepsTimesAndDurationsOfAVariableRateFilm() {
    List<RawFrame> frames = Films.irregular(96, 64, 50, 0);
    Path file = Films.silent(folder.resolve("film.mp4"), "mp4", Films.settings(96, 64, Films.TICKS, 8, Colour.BT709),
        frames);
    List<RawFrame> read = Films.readAll(file, PixelFormat.GRAY8);
    assertThat(Films.pts(read)).isEqualTo(Films.pts(frames));
    assertThat(read.stream().map(RawFrame::duration)).containsExactlyElementsOf(frames.stream().map(RawFrame::duration)
        .toList());
  }

  @Test
  void readsARangeAndItsKeyFrames() {
    Path file = Films.plain(folder.resolve("film.mp4"), 40);
    try (VideoReader film = VideoReader.open(FileBytes.open(file), Limits.STANDARD)) {
      List<Long> pts = new ArrayList<>();
      ReadReport report = film.scan(10 * 512, 30 * 512, new FrameSpec(PixelFormat.RGB24, 32, 18), (frame,
          key) -> pts.add(frame.pts()));
      assertThat(pts).hasSize(20).first().isEqualTo(10 * 512L);
      assertThat(report.frames()).isEqualTo(20);
      assertThat(report.keyPts()).containsExactly(12 * 512L, 24 * 512L);
      assertThat(report.health().clean()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({"1,0,0,1", "0,1,-1,0", "-1,0,0,-1", "0,-1,1,0", "-1,0,0,1", "1,0,0,-1", "0,1,1,0", "0,-1,-1,0"})
  void turnsAndMirrorsPicturesUpright(int a, int b, int c, int d) throws IOException {
    Path file = Films.silent(folder.resolve("film.mp4"), "mp4", Films.settings(96, 64, Films.TICKS, 8, Colour.BT709),
        Films.regular(96, 64, 3, 0, 512));
    RawFrame coded = Films.readAll(file, PixelFormat.RGB24).getFirst();
    Films.turn(file, a, b, c, d);
    RawFrame upright = Films.readAll(file, PixelFormat.RGB24).getFirst();
    boolean swapped = a == 0;
    assertThat(upright.width()).isEqualTo(swapped ? 64 : 96);
    for (int y = 0; y < 64; y++) {
      for (int x = 0; x < 96; x++) {
        int toX = Math.floorMod(a * x + c * y + (a + c < 0 ? -1 : 0), upright.width());
        int toY = Math.floorMod(b * x + d * y + (b + d < 0 ? -1 : 0), upright.height());
        assertThat(upright.data()[(toY * upright.width() + toX) * 3]).isEqualTo(coded.data()[(y * 96 + x) * 3]);
      }
    }
    RawFrame yuv = Films.readAll(file, PixelFormat.YUV420P).getFirst();
    assertThat(yuv.width()).isEqualTo(upright.width());
  }

  @Test
  void saysHowAPhoneHeldUprightWasTurned() throws IOException {
    Path file = Films.plain(folder.resolve("film.mp4"), 5);
    Films.turn(file, 0, 1, -1, 0);
    VideoInfo video = Films.info(file).video();
    assertThat(video.rotation()).isEqualTo(90);
    assertThat(video.mirrored()).isFalse();
    assertThat(List.of(video.width(), video.height(), video.codedWidth())).containsExactly(96, 160, 160);
  }

  @ParameterizedTest
  @CsvSource({"bt709, false, 0.2126, 0.0722", "smpte170m, false, 0.299, 0.114", "bt709, true, 0.2126, 0.0722",
      "bt2020nc, false, 0.2627, 0.0593"})
  void convertsColoursByTheStreamsMatrixAndRange(String matrix, boolean full, double kr, double kb) {
    int[] rgb = {200, 60, 90};
    byte[] data = new byte[64 * 64 * 3];
    for (int i = 0; i < data.length; i++) {
      data[i] = (byte) rgb[i % 3];
    }
    Colour colour = new Colour(matrix, "bt709", "bt709", full);
    Path file = Films.silent(folder.resolve("film.mp4"), "mp4", Films.settings(64, 64, Films.TICKS, 8, colour),
        List.of(new RawFrame(PixelFormat.RGB24, 64, 64, 0, 512, data)));
    RawFrame yuv = Films.readAll(file, PixelFormat.YUV420P).getFirst();
    double y = kr * rgb[0] + (1 - kr - kb) * rgb[1] + kb * rgb[2];
    double u = (rgb[2] - y) / (2 * (1 - kb));
    double v = (rgb[0] - y) / (2 * (1 - kr));
    double[] expected = full ? new double[] {y, 128 + u, 128 + v}
        : new double[] {16 + y * 219 / 255, 128 + u * 224 / 255, 128 + v * 224 / 255};
    int chroma = 64 * 64 + 16 * 32 + 16;
    assertThat((double) (yuv.data()[32 * 64 + 32] & 255)).isCloseTo(expected[0], offset(1.6));
    assertThat((double) (yuv.data()[chroma] & 255)).isCloseTo(expected[1], offset(1.6));
    assertThat((double) (yuv.data()[chroma + 32 * 32] & 255)).isCloseTo(expected[2], offset(1.6));
    RawFrame back = Films.readAll(file, PixelFormat.RGB24).getFirst();
    for (int i = 0; i < 3; i++) {
      assertThat(back.data()[(32 * 64 + 32) * 3 + i] & 255).isBetween(rgb[i] - 3, rgb[i] + 3);
    }
    RawFrame gray = Films.readAll(file, PixelFormat.GRAY8).getFirst();
    assertThat((double) (gray.data()[32 * 64 + 32] & 255)).isCloseTo(y, offset(2.0));
    assertThat(Films.info(file).video().colour()).isEqualTo(colour);
  }

  @Test
  void takesWhatTheSourceThrowsToTheCaller() {
    Path file = Films.plain(folder.resolve("film.mp4"), 40);
    TransientFault fault = new TransientFault("the bucket is away");
    for (int reads = 0; reads < 3; reads++) {
      ByteSource flaky = new FlakyBytes(FileBytes.open(file), reads, fault);
      assertThatThrownBy(() -> {
        try (VideoReader film = VideoReader.open(flaky, Limits.STANDARD)) {
          Films.readAll(film, PixelFormat.GRAY8);
        }
      }).isSameAs(fault);
    }
  }

  @Test
  void keepsMemoryFlatOverManyFilms() throws IOException {
    Path file = Films.plain(folder.resolve("film.mp4"), 10);
    for (int i = 0; i < 10; i++) {
      Films.readAll(file, PixelFormat.RGB24);
    }
    long before = residentBytes();
    for (int i = 0; i < 50; i++) {
      Films.readAll(file, PixelFormat.RGB24);
      try (VideoReader film = VideoReader.open(FileBytes.open(file),
          Limits.STANDARD); AudioReader sound = film.audio(1);
          PcmReader pcm = film.pcm(1, 48000, 2)) {
        assertThat(sound.next()).isPresent();
        assertThat(pcm.next()).isPresent();
      }
    }
    assertThat(residentBytes() - before).isLessThan(60L << 20);
  }

  private static long residentBytes() throws IOException {
    return Long.parseLong(Files.readString(Path.of("/proc/self/statm")).split(" ")[1]) * 4096;
  }
}
