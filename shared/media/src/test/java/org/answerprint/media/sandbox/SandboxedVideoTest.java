package org.answerprint.media.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.answerprint.faults.KilledFault;
import org.answerprint.faults.RequestFault;
import org.answerprint.faults.TransientFault;
import org.answerprint.frames.Colour;
import org.answerprint.frames.FrameSpec;
import org.answerprint.frames.PixelFormat;
import org.answerprint.frames.RawFrame;
import org.answerprint.media.AudioPacket;
import org.answerprint.media.AudioReader;
import org.answerprint.media.FileBytes;
import org.answerprint.media.Films;
import org.answerprint.media.FlakyBytes;
import org.answerprint.media.Limits;
import org.answerprint.media.PcmReader;
import org.answerprint.media.Stills;
import org.answerprint.media.VideoReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class SandboxedVideoTest {

  private static final FrameSpec YUV = FrameSpec.sourceSize(PixelFormat.YUV420P);
  private static final byte GIF_TICKS = 10;

  @TempDir Path folder;

  private SandboxedVideo open(Path file) {
    return SandboxedVideo.open(FileBytes.open(file), Limits.STANDARD, new SandboxSettings(64, 1024, 60, 3));
  }

  @Test
  void readsAsAReaderInThisProcessDoes() {
    Path file = Films.plain(folder.resolve("film.mp4"), 40);
    try (SandboxedVideo sandboxed = open(file); VideoReader direct = VideoReader.open(FileBytes.open(file),
        Limits.STANDARD)) {
      assertThat(sandboxed.info()).isEqualTo(direct.info());
      List<RawFrame> there = new ArrayList<>();
      List<RawFrame> here = new ArrayList<>();
      assertThat(sandboxed.scan(5120, 15360, YUV, (frame, key) -> there.add(frame)))
          .isEqualTo(direct.scan(5120, 15360, YUV, (frame, key) -> here.add(frame)));
      assertThat(Films.values(there)).isEqualTo(Films.values(here));
      assertThat(Films.packetValues(packets(sandboxed.audio(1)))).isEqualTo(Films.packetValues(packets(direct.audio(1))));
      assertThat(samples(sandboxed.pcm(1, 44100, 1))).isEqualTo(samples(direct.pcm(1, 44100, 1))).isPositive();
      assertThat(sandboxed.read(0, 512, YUV, frame -> { })).isEqualTo(1);
    }
  }

  @Test
  void largePicturesComeThroughSharedMemoryAsSmallOnesDoThroughThePipe() {
    Path file = Films.silent(folder.resolve("film.mp4"), "mp4", Films.settings(320, 240, Films.TICKS, 8, Colour.BT709),
        Films.regular(320, 240, 14, 0, 512));
    List<FrameSpec> specs = List.of(YUV, new FrameSpec(PixelFormat.RGB24, 96, 54), FrameSpec.sourceSize(PixelFormat.RGB24),
        new FrameSpec(PixelFormat.YUV420P10, 402, 302), FrameSpec.sourceSize(PixelFormat.GRAY8), YUV);
    try (SandboxedVideo sandboxed = open(file); VideoReader direct = VideoReader.open(FileBytes.open(file), Limits.STANDARD)) {
      for (FrameSpec spec : specs) {
        List<RawFrame> there = new ArrayList<>();
        List<RawFrame> here = new ArrayList<>();
        assertThat(sandboxed.scan(1024, 6144, spec, (frame, key) -> there.add(frame)))
            .isEqualTo(direct.scan(1024, 6144, spec, (frame, key) -> here.add(frame)));
        assertThat(Films.values(there)).hasSize(10).isEqualTo(Films.values(here));
      }
    }
  }

  @Test
  void sharedMemoryServesAsManyPicturesAsFitAndNeitherSmallNorHugeOnes() {
    assertThat(SharedPictures.slots(96 * 54 * 3)).isZero();
    assertThat(SharedPictures.slots(1920 * 1080 * 3 / 2)).isEqualTo(4);
    assertThat(SharedPictures.slots(3840 * 2160 * 3)).isEqualTo(2);
    assertThat(SharedPictures.slots(7680 * 4320 * 3 / 2)).isZero();
  }

  private static List<AudioPacket> packets(AudioReader reader) {
    List<AudioPacket> packets = new ArrayList<>();
    try (reader) {
      for (Optional<AudioPacket> next = reader.next(); next.isPresent(); next = reader.next()) {
        packets.add(next.get());
      }
    }
    return packets;
  }

  private static long samples(PcmReader reader) {
    long samples = 0;
    try (reader) {
      for (var next = reader.next(); next.isPresent(); next = reader.next()) {
        samples += next.get().samples().length;
      }
    }
    return samples;
  }

  /** Not by INT, which whoever runs the tests may have had everything below ignore. */
  @ParameterizedTest
  @ValueSource(strings = {"KILL", "TERM"})
  void aChildKilledFromOutsideIsTheWorldsTroubleAndTheNextReadStartsAnother(String signal) {
    Path file = Films.plain(folder.resolve("film.mp4"), 60);
    try (SandboxedVideo film = open(file)) {
      assertThatThrownBy(() -> film.read(Long.MIN_VALUE, Long.MAX_VALUE, FrameSpec.sourceSize(PixelFormat.RGB24),
          frame -> end(film, signal))).isInstanceOf(KilledFault.class).hasMessageContaining("killed from outside");
      assertThat(film.read(0, 512, YUV, frame -> { })).isEqualTo(1);
    }
  }

  /** Sends a signal, and waits until it was of use. */
  private static void end(SandboxedVideo film, String signal) {
    ProcessHandle child = ProcessHandle.of(film.childPid().orElseThrow()).orElse(null);
    if (child != null) {
      send(signal, child.pid());
      child.onExit().join();
    }
  }

  /** A film of few bytes, which a child need not ask for while it decodes, and one key frame. */
  @Test
  void aLongWayFromTheKeyFrameIsNoSilence() throws IOException {
    int frames = 600;
    Path file = Files.write(folder.resolve("film.gif"), gif(1920, 1080, frames));
    try (SandboxedVideo film = SandboxedVideo.open(FileBytes.open(file), Limits.STANDARD, new SandboxSettings(64, 1024, 60, 1))) {
      ProcessHandle child = ProcessHandle.of(film.childPid().orElseThrow()).orElseThrow();
      Duration before = child.info().totalCpuDuration().orElseThrow();
      List<Long> seen = new ArrayList<>();
      film.read((frames - 1L) * GIF_TICKS, Long.MAX_VALUE, FrameSpec.sourceSize(PixelFormat.GRAY8), frame -> seen.add(frame.pts()));
      assertThat(seen).containsExactly((frames - 1L) * GIF_TICKS);
      assertThat(film.childPid()).hasValue(child.pid());
      assertThat(child.info().totalCpuDuration().orElseThrow().minus(before)).as("longer than a silence may last, or this shows nothing")
          .isGreaterThan(Duration.ofMillis(1800));
    }
  }

  /** The same black picture again and again, each coded by itself, a tenth of a second apart. */
  private static byte[] gif(int width, int height, int frames) throws IOException {
    ByteArrayOutputStream single = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_BYTE_INDEXED), "gif", single);
    byte[] picture = single.toByteArray();
    int image = 13 + (3 << (picture[10] & 7) + 1);
    assertThat(picture[image]).as("an image behind the table of colours").isEqualTo((byte) ',');
    ByteArrayOutputStream film = new ByteArrayOutputStream();
    film.write(picture, 0, image);
    for (int i = 0; i < frames; i++) {
      film.write(new byte[] {'!', (byte) 0xf9, 4, 0, GIF_TICKS, 0, 0, 0});
      film.write(picture, image, picture.length - 1 - image);
    }
    film.write(';');
    return film.toByteArray();
  }

  @Test
  void aFrozenChildIsKilled() {
    Path file = Films.plain(folder.resolve("film.mp4"), 90);
    SandboxSettings impatient = new SandboxSettings(64, 1024, 60, 2);
    try (SandboxedVideo film = SandboxedVideo.open(FileBytes.open(file), Limits.STANDARD, impatient)) {
      assertThatThrownBy(() -> film.read(Long.MIN_VALUE, Long.MAX_VALUE, FrameSpec.sourceSize(PixelFormat.RGB24),
          frame -> send("STOP", film.childPid().orElseThrow())))
          .isInstanceOf(RequestFault.class).hasMessageContaining("more than 2 s without a result");
    }
  }

  private static void send(String signal, long pid) {
    try {
      new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).start().waitFor();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whatTheSourceOrTheSinkThrowsComesThrough() {
    Path file = Films.plain(folder.resolve("film.mp4"), 40);
    TransientFault fault = new TransientFault("the bucket is away");
    assertThatThrownBy(() -> SandboxedVideo.open(new FlakyBytes(FileBytes.open(file), 1, fault), Limits.STANDARD))
        .isSameAs(fault);
    try (SandboxedVideo film = open(file)) {
      assertThatThrownBy(() -> film.read(Long.MIN_VALUE, Long.MAX_VALUE, YUV, frame -> {
        throw fault;
      })).isSameAs(fault);
      try (AudioReader sound = film.audio(1)) {
        assertThat(sound.next()).isPresent();
        assertThatThrownBy(() -> film.read(0, 512, YUV, frame -> { })).isInstanceOf(IllegalStateException.class);
      }
      assertThat(film.read(0, 512, YUV, frame -> { })).isEqualTo(1);
    }
  }

  @Test
  void aChildOwnsNoEnvironmentAndNoFileOfOurs() throws IOException {
    Path file = Films.plain(folder.resolve("film.mp4"), 10);
    try (SandboxedVideo film = open(file)) {
      Path process = Path.of("/proc", Long.toString(film.childPid().orElseThrow()));
      String environment = Files.readString(process.resolve("environ"), StandardCharsets.ISO_8859_1);
      assertThat(environment.split("\0")).allMatch(line -> line.isEmpty()
          || line.matches("(PWD|OLDPWD|SHLVL|_|LD_LIBRARY_PATH|NLSPATH)=.*"));
      String command = Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1);
      assertThat(command).doesNotContain(file.toString());
      try (var open = Files.list(process.resolve("fd"))) {
        assertThat(open.map(SandboxedVideoTest::target)).noneMatch(target -> target.contains("film.mp4")
            || target.startsWith("socket:"));
      }
      assertThat(process.toRealPath().resolve("cwd").toRealPath()).isEqualTo(Path.of("/"));
    }
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException e) {
      return "";
    }
  }

  @Test
  void leavesNoChildBehind() {
    Path file = Films.plain(folder.resolve("film.mp4"), 10);
    long pid;
    try (SandboxedVideo film = open(file)) {
      pid = film.childPid().orElseThrow();
    }
    assertThat(ProcessHandle.of(pid)).isEmpty();
  }

  @Test
  void aCrashOrALackOfProcessorTimeIsSaidInWords() {
    Path file = Films.plain(folder.resolve("film.mp4"), 60);
    assertThatThrownBy(() -> signalled(file, "SEGV")).isInstanceOf(RequestFault.class).hasMessageContaining("crashed");
    assertThatThrownBy(() -> signalled(file, "ABRT")).isInstanceOf(RequestFault.class).hasMessageContaining("crashed");
    assertThatThrownBy(() -> signalled(file, "XCPU")).isInstanceOf(RequestFault.class)
        .hasMessageContaining("more than 60 s of processor time");
  }

  private void signalled(Path file, String signal) {
    try (SandboxedVideo film = open(file)) {
      film.read(Long.MIN_VALUE, Long.MAX_VALUE, FrameSpec.sourceSize(PixelFormat.RGB24),
          frame -> send(signal, film.childPid().orElseThrow()));
    }
  }

  @Test
  void refusesWhatIsNoVideoWithTheReasonOfTheChild() throws IOException {
    Path text = Files.writeString(folder.resolve("upload.mp4"), "ffconcat version 1.0\nfile /etc/passwd\n");
    assertThatThrownBy(() -> open(text)).isInstanceOf(RequestFault.class).hasMessageContaining("playlist");
  }

  @Test
  void decodesStillsOnlyWhereTheyAreAskedFor() throws IOException {
    BufferedImage image = new BufferedImage(31, 17, BufferedImage.TYPE_INT_RGB);
    image.setRGB(3, 4, 0x12_34_56);
    Path file = folder.resolve("still.png");
    ImageIO.write(image, "png", file.toFile());
    RawFrame still = Stills.decode(FileBytes.open(file));
    assertThat(List.of(still.width(), still.height())).containsExactly(31, 17);
    int at = (4 * 31 + 3) * 3;
    assertThat(new byte[] {still.data()[at], still.data()[at + 1], still.data()[at + 2]}).containsExactly(0x12, 0x34,
        0x56);
    Path jpeg = folder.resolve("still.jpg");
    ImageIO.write(image, "jpg", jpeg.toFile());
    assertThat(Stills.decode(FileBytes.open(jpeg)).width()).isEqualTo(31);
    assertThatThrownBy(() -> open(file)).isInstanceOf(RequestFault.class).hasMessageContaining("still image");
  }
}
