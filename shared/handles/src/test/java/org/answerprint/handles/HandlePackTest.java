package org.answerprint.handles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.answerprint.faults.InternalFault;
import org.answerprint.faults.TransientFault;
import org.answerprint.frames.Colour;
import org.answerprint.frames.PixelFormat;
import org.answerprint.frames.RawFrame;
import org.answerprint.frames.TimeBase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class HandlePackTest {

  private static final TimeBase TICKS = new TimeBase(1, 90_000);
  private static final Colour HDR = new Colour("bt2020nc", "bt2020", "smpte2084", false);

  @TempDir
  Path folder;

  @ParameterizedTest
  @EnumSource(PixelFormat.class)
  void givesBackWhatWasWrittenInEveryFormatAndAtOddSizes(PixelFormat format) {
    int[][] sizes = {{1, 1}, {2, 2}, {7, 5}, {64, 48}, {33, 1}, {1, 33}, {121, 67}};
    SplittableRandom random = new SplittableRandom(format.ordinal());
    for (int[] size : sizes) {
      HandleHeader header = new HandleHeader(format, size[0], size[1], TICKS, HDR);
      List<RawFrame> head = frames(header, 3, 0, random);
      List<RawFrame> tail = frames(header, 2, 900_000, random);
      Path path = folder.resolve(size[0] + "x" + size[1]);
      HandlePack.write(path, header, head, tail);
      try (HandlePack pack = HandlePack.open(path)) {
        assertThat(pack.header()).isEqualTo(header);
        assertSame(pack.frames(HandleGroup.HEAD), head);
        assertSame(pack.frames(HandleGroup.TAIL), tail);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "0, 3", "3, 0", "1, 1", "500, 0"})
  void eitherGroupMayBeEmptyOrLong(int heads, int tails) {
    HandleHeader header = new HandleHeader(PixelFormat.YUV420P, 8, 6, TICKS, Colour.BT709);
    SplittableRandom random = new SplittableRandom(1);
    Path path = folder.resolve("pack");
    HandlePack.write(path, header, frames(header, heads, 0, random), frames(header, tails, 0, random));
    try (HandlePack pack = HandlePack.open(path)) {
      assertThat(pack.entries(HandleGroup.HEAD)).hasSize(heads);
      assertThat(pack.frames(HandleGroup.TAIL)).hasSize(tails);
    }
  }

  @Test
  void anyFrameCanBeReadAlone() {
    HandleHeader header = new HandleHeader(PixelFormat.YUV420P10, 31, 17, TICKS, HDR);
    List<RawFrame> tail = frames(header, 12, 5, new SplittableRandom(2));
    HandlePack.write(folder.resolve("pack"), header, List.of(), tail);
    CountingRange bytes = new CountingRange(read(folder.resolve("pack")));
    HandlePack pack = HandlePack.open(bytes);
    HandleEntry entry = pack.entries(HandleGroup.TAIL).get(7);
    assertSame(List.of(pack.frame(entry)), tail.subList(7, 8));
    assertThat(bytes.reads).containsExactly(Math.min(bytes.size(), 16 * 1024), (long) entry.length());
  }

  @Test
  void sameFramesGiveTheSameBytes() {
    HandleHeader header = new HandleHeader(PixelFormat.RGB24, 40, 30, TICKS, Colour.BT709);
    for (String name : List.of("a", "b")) {
      List<RawFrame> frames = frames(header, 4, 0, new SplittableRandom(3));
      HandlePack.write(folder.resolve(name), header, frames, frames);
    }
    assertThat(read(folder.resolve("a"))).isEqualTo(read(folder.resolve("b")));
  }

  @Test
  void aChangedByteAnywhereIsNoticed() {
    HandleHeader header = new HandleHeader(PixelFormat.YUV420P, 24, 16, TICKS, Colour.BT709);
    HandlePack.write(folder.resolve("pack"), header, frames(header, 2, 0, new SplittableRandom(4)), List.of());
    byte[] good = read(folder.resolve("pack"));
    int prefix = PackLayout.PREFIX_BYTES;
    for (int i = prefix; i < good.length; i++) {
      byte[] bad = good.clone();
      bad[i] ^= (byte) (1 << i % 8);
      assertThatThrownBy(() -> HandlePack.open(new CountingRange(bad)).frames(HandleGroup.HEAD))
          .as("byte %d of %d", i, good.length).isInstanceOf(InternalFault.class);
    }
  }

  @Test
  void damageIsReportedWithTheFrameItHit() {
    HandleHeader header = new HandleHeader(PixelFormat.YUV420P, 24, 16, TICKS, Colour.BT709);
    HandlePack.write(folder.resolve("pack"), header, List.of(), frames(header, 4, 1000, new SplittableRandom(5)));
    byte[] bytes = read(folder.resolve("pack"));
    HandleEntry third = HandlePack.open(new CountingRange(bytes)).entries(HandleGroup.TAIL).get(2);
    bytes[(int) third.offset() + 9] ^= 4;
    HandlePack pack = HandlePack.open(new CountingRange(bytes));
    assertThat(pack.frame(pack.entries(HandleGroup.TAIL).get(1)).pts()).isEqualTo(third.pts() - 3003);
    assertThatThrownBy(() -> pack.frame(third)).isInstanceOf(InternalFault.class)
        .hasMessageContaining("TAIL frame 3").hasMessageContaining("pts " + third.pts());
  }

  @Test
  void aFileCutShortOrOfAnotherKindIsRefused() {
    HandleHeader header = new HandleHeader(PixelFormat.GRAY8, 24, 16, TICKS, Colour.BT709);
    HandlePack.write(folder.resolve("pack"), header, frames(header, 2, 0, new SplittableRandom(6)), List.of());
    byte[] good = read(folder.resolve("pack"));
    for (int length = 0; length < good.length; length++) {
      byte[] cut = Arrays.copyOf(good, length);
      assertThatThrownBy(() -> HandlePack.open(new CountingRange(cut))).isInstanceOf(InternalFault.class);
    }
    assertThatThrownBy(() -> HandlePack.open(new CountingRange(new byte[1000]))).isInstanceOf(InternalFault.class);
    assertThatThrownBy(() -> HandlePack.open(folder.resolve("absent"))).isInstanceOf(TransientFault.class)
        .hasMessageContaining("absent");
  }

  @Test
  void aPackOfALaterVersionIsNamedAsSuch() {
    HandleHeader header = new HandleHeader(PixelFormat.GRAY8, 4, 4, TICKS, Colour.BT709);
    HandlePack.write(folder.resolve("pack"), header, List.of(), List.of());
    byte[] later = read(folder.resolve("pack"));
    later[later.length - PackLayout.MAGIC.length - 1] = 2;
    assertThatThrownBy(() -> HandlePack.open(new CountingRange(later))).isInstanceOf(InternalFault.class)
        .hasMessageContaining("version 2");
  }

  @Test
  void aWriterThatIsNotFinishedLeavesNothing() throws IOException {
    HandleHeader header = new HandleHeader(PixelFormat.GRAY8, 24, 16, TICKS, Colour.BT709);
    List<RawFrame> frames = frames(header, 2, 0, new SplittableRandom(7));
    try (HandleWriter writer = new HandleWriter(folder.resolve("pack"), header)) {
      writer.put(HandleGroup.HEAD, frames.get(0));
      assertThat(folder.resolve("pack")).doesNotExist();
    }
    try (var left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void framesOfAnotherGeometryOrOutOfOrderAreRefused() {
    HandleHeader header = new HandleHeader(PixelFormat.GRAY8, 24, 16, TICKS, Colour.BT709);
    HandleHeader other = new HandleHeader(PixelFormat.GRAY8, 24, 17, TICKS, Colour.BT709);
    List<RawFrame> frames = frames(header, 2, 0, new SplittableRandom(8));
    List<RawFrame> others = frames(other, 1, 0, new SplittableRandom(8));
    Path path = folder.resolve("pack");
    assertThatThrownBy(() -> HandlePack.write(path, header, List.of(), others)).isInstanceOf(InternalFault.class)
        .hasMessageContaining("24x17");
    assertThatThrownBy(() -> HandlePack.write(path, header, frames.reversed(), List.of()))
        .isInstanceOf(InternalFault.class).hasMessageContaining("pts 0");
    assertThat(path).doesNotExist();
  }

  @Test
  void smoothPicturesBecomeSmall() {
    for (PixelFormat format : List.of(PixelFormat.YUV420P, PixelFormat.YUV420P10)) {
      HandleHeader header = new HandleHeader(format, 320, 180, TICKS, Colour.BT709);
      byte[] data = new byte[header.frameBytes()];
      int step = format.bytesPerSample();
      for (int i = 0; i < data.length; i += step) {
        data[i] = (byte) (i / step / 320 + i / step % 320 / 4);
      }
      RawFrame frame = new RawFrame(format, 320, 180, 0, 1, data);
      HandlePack.write(folder.resolve("pack"), header, List.of(frame), List.of());
      try (HandlePack pack = HandlePack.open(folder.resolve("pack"))) {
        assertThat(pack.entries(HandleGroup.HEAD).getFirst().length()).isLessThan(data.length / 10);
      }
    }
  }

  private static List<RawFrame> frames(HandleHeader header, int count, long from, SplittableRandom random) {
    List<RawFrame> frames = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] data = new byte[header.frameBytes()];
      random.nextBytes(data);
      frames.add(new RawFrame(header.format(), header.width(), header.height(), from + i * 3003L, 3003, data));
    }
    return frames;
  }

  private static void assertSame(List<RawFrame> found, List<RawFrame> expected) {
    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < found.size(); i++) {
      assertThat(found.get(i).pts()).isEqualTo(expected.get(i).pts());
      assertThat(found.get(i).duration()).isEqualTo(expected.get(i).duration());
      assertThat(found.get(i).data()).isEqualTo(expected.get(i).data());
    }
  }

  private static byte[] read(Path path) {
    try {
      return Files.readAllBytes(path);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static final class CountingRange implements ByteRange {
    private final byte[] bytes;
    private final List<Long> reads = new ArrayList<>();

    CountingRange(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public long size() {
      return bytes.length;
    }

    @Override
    public byte[] read(long offset, int length) {
      reads.add((long) length);
      return Arrays.copyOfRange(bytes, (int) offset, (int) offset + length);
    }
  }
}
