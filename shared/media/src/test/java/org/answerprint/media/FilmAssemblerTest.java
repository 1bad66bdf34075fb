package org.answerprint.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.answerprint.faults.InternalFault;
import org.answerprint.frames.Colour;
import org.answerprint.frames.PixelFormat;
import org.answerprint.frames.RawFrame;
import org.answerprint.frames.TimeBase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.jupiter.params.provider.CsvSource;

class FilmAssemblerTest {

  @TempDir Path folder;

  private Path segment(String name, EncoderSettings settings, List<RawFrame> frames) {
    Path file = folder.resolve(name);
    try (SegmentWriter writer = SegmentWriter.create(file, settings)) {
      frames.forEach(writer::put);
      writer.finish();
    }
    return file;
  }

  private FilmReport join(Path film, EncoderSettings settings, FilmSound sound, long shift, List<RawFrame> frames,
      int... cuts)
      throws IOException {
    try (FilmAssembler assembler = FilmAssembler.create(film, settings, sound)) {
      int from = 0;
      for (int cut : cuts) {
        Path piece = segment("piece", settings, frames.subList(from, cut));
        assembler.append(piece, shift);
        Files.delete(piece);
        from = cut;
      }
      return assembler.finish();
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 15360, 0", "1, 90000, 126000", "1, 1000, 0", "1001, 30000, 0"})
  void joinsSegmentsWithoutMovingAnyFrame(int num, int den, long start) throws IOException {
    EncoderSettings settings = Films.settings(96, 64, new TimeBase(num, den), 8, Colour.BT709);
    List<RawFrame> frames = num == 1 ? Films.irregular(96, 64, 60, start) : Films.regular(96, 64, 60, start, 1);
    Path film = folder.resolve("film.mp4");
    FilmReport report = join(film, settings, new FilmSound.None(), 0, frames, 1, 20, 22, 60);
    List<RawFrame> read = Films.readAll(film, PixelFormat.YUV420P);
    assertThat(Films.pts(read)).containsExactlyElementsOf(frames.stream().map(f -> f.pts() * num).toList());
    assertThat(read.getLast().duration()).isEqualTo(frames.getLast().duration() * num);
    assertThat(report.frames()).isEqualTo(60);
    assertThat(report.driftTicks()).isZero();
    assertThat(report.endPts()).isEqualTo(frames.getLast().pts() + frames.getLast().duration());
  }

  @Test
  void joinedSegmentsShowTheSamePicturesAsOneEncode() throws IOException {
    EncoderSettings settings = Films.settings(96, 64, Films.TICKS, 8, Colour.BT709);
    List<RawFrame> frames = Films.irregular(96, 64, 40, 0);
    join(folder.resolve("joined.mp4"), settings, new FilmSound.None(), 0, frames, 13, 27, 40);
    join(folder.resolve("whole.mp4"), settings, new FilmSound.None(), 0, frames, 40);
    List<RawFrame> joined = Films.readAll(folder.resolve("joined.mp4"), PixelFormat.RGB24);
    List<RawFrame> whole = Films.readAll(folder.resolve("whole.mp4"), PixelFormat.RGB24);
    assertThat(Films.pts(joined)).isEqualTo(Films.pts(whole));
    for (int i = 0; i < 40; i++) {
      assertThat(Films.meanDifference(joined.get(i), frames.get(i))).isLessThan(4);
    }
  }

  @Test
  void copiesSoundBitByBit() throws Exception {
    Films.AacEncoderHolder holder = new Films.AacEncoderHolder();
    List<AudioPacket> sound = Films.clicks(holder, 96000, 24000);
    EncoderSettings settings = Films.settings(96, 64, Films.TICKS, 8, Colour.BT709);
    List<RawFrame> frames = Films.regular(96, 64, 60, 0, 512);
    Path source = Films.write(folder.resolve("source.mp4"), "mp4", settings, frames, Optional.of(holder.format), sound,
        0);
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    sound.forEach(packet -> digest.update(packet.data()));
    Path film = folder.resolve("film.mp4");
    try (VideoReader reader = VideoReader.open(FileBytes.open(source), Limits.STANDARD)) {
      FilmReport report = join(film, settings, new FilmSound.Tracks(reader, List.of(1), 0), 0, frames, 30, 60);
      assertThat(report.audioCopied()).isTrue();
      assertThat(report.audioPackets()).isEqualTo(sound.size());
      assertThat(report.audioDigest()).isEqualTo(HexFormat.of().formatHex(digest.digest()));
    }
    assertThat(Films.packetValues(packets(film))).isEqualTo(Films.packetValues(packets(source)));
    assertThat(Films.loudest(film)).isEqualTo(Films.loudest(source)).isBetween(23990L, 24010L);
  }

  /** Small films of other tools: the sound of each goes through the MP4 bit by bit. */
  @ParameterizedTest
  @ValueSource(strings = {"mp2.ts", "mp3.mkv", "ac3.ts", "opus.mkv", "flac.mkv", "vorbis.mkv", "pcm.mov"})
  void copiesEveryKindOfSoundThatMp4CanHold(String name) throws Exception {
    Path source = folder.resolve(name);
    try (var in = getClass().getResourceAsStream("/sound/" + name)) {
      Files.copy(in, source);
    }
    List<RawFrame> frames = Films.readAll(source, PixelFormat.YUV420P);
    Path film = folder.resolve("film.mp4");
    MediaInfo info = Films.info(source);
    EncoderSettings settings = EncoderSettings.choose(info.video());
    try (VideoReader reader = VideoReader.open(FileBytes.open(source), Limits.STANDARD)) {
      FilmSound sound = new FilmSound.Tracks(reader, List.of(info.defaultAudio().orElseThrow().stream()), FilmAssembler.startShift(info));
      FilmReport report = join(film, settings, sound, FilmAssembler.startShift(info), frames, frames.size());
      assertThat(report.audioCopied()).isTrue();
      assertThat(report.driftTicks()).isZero();
    }
    assertThat(payload(film)).isNotEmpty().isEqualTo(payload(source));
    try (VideoReader reader = VideoReader.open(FileBytes.open(film), Limits.STANDARD);
        PcmReader pcm = reader.pcm(1, 8000, 1)) {
      assertThat(pcm.next()).as("the copied sound can be decoded").isPresent();
    }
  }

  private static byte[] payload(Path film) {
    java.io.ByteArrayOutputStream all = new java.io.ByteArrayOutputStream();
    packets(film).forEach(packet -> all.writeBytes(packet.data()));
    return all.toByteArray();
  }

  private static List<AudioPacket> packets(Path film) {
    List<AudioPacket> packets = new ArrayList<>();
    try (VideoReader reader = VideoReader.open(FileBytes.open(film),
        Limits.STANDARD); AudioReader sound = reader.audio(1)) {
      for (Optional<AudioPacket> next = sound.next(); next.isPresent(); next = sound.next()) {
        packets.add(next.get());
      }
    }
    return packets;
  }

  @ParameterizedTest
  @CsvSource({"mp4, 0, 72000", "mp4, 23040, 0", "matroska, 0, 72000", "mpegts, 180000, 0", "mpegts, 90000, 72000"})
  void keepsPictureAndSoundInStep(String container, long start, long lateSamples) throws IOException {
    Films.AacEncoderHolder holder = new Films.AacEncoderHolder();
    List<AudioPacket> sound = Films.clicks(holder, 96000, 24000);
    TimeBase timeBase = container.equals("mpegts") ? new TimeBase(1, 90000) : container.equals("mp4") ? Films.TICKS
        : new TimeBase(1, 1000);
    EncoderSettings settings = Films.settings(96, 64, timeBase, 8, Colour.BT709);
    List<RawFrame> frames = Films.regular(96, 64, 60, start, timeBase.den() / 30);
    Path source = Films.write(folder.resolve("source"), container, settings, frames, Optional.of(holder.format), sound,
        lateSamples);
    Path film = folder.resolve("film.mp4");
    long shift;
    try (VideoReader reader = VideoReader.open(FileBytes.open(source), Limits.STANDARD)) {
      shift = FilmAssembler.startShift(reader.info());
      List<RawFrame> read = Films.readAll(reader, PixelFormat.YUV420P);
      assertThat(reader.info().video().timeBase()).isEqualTo(timeBase);
      join(film, settings, new FilmSound.Tracks(reader, List.of(1), shift), shift, read, 30, 60);
    }
    double before = Films.loudest(source) / 48000.0 - timeBase.seconds(Films.info(source).video().startPts());
    double after = Films.loudest(film) / 48000.0 - Films.info(film).video().timeBase().seconds(Films.info(film).video()
        .startPts());
    assertThat(after).isCloseTo(before, offset(0.0011));
    assertThat(Films.pts(Films.readAll(film, PixelFormat.GRAY8)).getFirst())
        .isEqualTo(Films.info(source).video().startPts() + shift);
  }

  @Test
  void encodesSoundThatMp4CannotHold() throws IOException {
    byte[] pcm = new byte[16000];
    Arrays.fill(pcm, (byte) 128);
    Arrays.fill(pcm, 4000, 4040, (byte) 250);
    List<AudioPacket> sound = new ArrayList<>();
    for (int at = 0; at < pcm.length; at += 400) {
      sound.add(new AudioPacket(at, 400, Arrays.copyOfRange(pcm, at, at + 400)));
    }
    AudioFormat format = new AudioFormat("pcm_u8", 8000, 1, "mono", 0, 1, 0, 0, 8, 64000, new TimeBase(1, 8000),
        new byte[0]);
    EncoderSettings settings = Films.settings(96, 64, new TimeBase(1, 1000), 8, Colour.BT709);
    List<RawFrame> frames = Films.regular(96, 64, 60, 0, 33);
    Path source = Films.write(folder.resolve("source.mkv"), "matroska", settings, frames, Optional.of(format), sound,
        0);
    Path film = folder.resolve("film.mp4");
    try (VideoReader reader = VideoReader.open(FileBytes.open(source), Limits.STANDARD)) {
      assertThat(reader.info().defaultAudio().orElseThrow().copyable()).isFalse();
      FilmReport report = join(film, settings, new FilmSound.Tracks(reader, List.of(1), 0), 0, frames, 60);
      assertThat(report.audioCopied()).isFalse();
      assertThat(report.audioCodec()).isEqualTo("aac");
    }
    assertThat(Films.loudest(film)).isBetween(24000L - 60, 24000L + 60);
  }

  @Test
  void placesPiecesOfSoundToTheSample() throws IOException {
    Path source = Films.plain(folder.resolve("source.mp4"), 60);
    long click = Films.loudest(source);
    AudioTimeline timeline = new AudioTimeline(List.of(
        AudioTimeline.Piece.silence(30_000),
        AudioTimeline.Piece.sound(() -> VideoReader.open(FileBytes.open(source), Limits.STANDARD), 1, 20_000, 20_000),
        AudioTimeline.Piece.silence(14_000)));
    EncoderSettings settings = Films.settings(96, 64, Films.TICKS, 8, Colour.BT709);
    Path film = folder.resolve("film.mp4");
    FilmReport report = join(film, settings, new FilmSound.Pieces(timeline), 0, Films.regular(96, 64, 40, 0, 512), 40);
    assertThat(Films.loudest(film)).isBetween(30_000 + click - 20_000 - 8, 30_000 + click - 20_000 + 8);
    assertThat(report.audioPackets()).isEqualTo(64_000 / 1024 + 1 + 1);
  }

  @Test
  void samplesOfATimeNeverAddUpRoundingErrors() {
    TimeBase ntsc = new TimeBase(1001, 30000);
    long sum = 0;
    for (int i = 0; i < 1000; i++) {
      sum += AudioTimeline.sample(i + 1, ntsc) - AudioTimeline.sample(i, ntsc);
    }
    assertThat(sum).isEqualTo(Math.round(1000 * 1001 * 48000.0 / 30000));
  }

  @Test
  void theSameFramesGiveTheSameBytes() throws IOException {
    EncoderSettings settings = Films.settings(96, 64, Films.TICKS, 8, Colour.BT709);
    List<RawFrame> frames = Films.irregular(96, 64, 20, -5000);
    byte[] once = Files.readAllBytes(segment("a", settings, frames));
    assertThat(Files.readAllBytes(segment("b", settings, frames))).isEqualTo(once);
    join(folder.resolve("a.mp4"), settings, new FilmSound.None(), 5000, frames, 20);
    join(folder.resolve("b.mp4"), settings, new FilmSound.None(), 5000, frames, 20);
    assertThat(Files.readAllBytes(folder.resolve("b.mp4"))).isEqualTo(Files.readAllBytes(folder.resolve("a.mp4")));
    assertThat(Films.pts(Films.readAll(folder.resolve("a.mp4"), PixelFormat.GRAY8)).getFirst()).isZero();
  }

  /** x264's AVX-512 code gave other bytes in most of these runs, on processors that have it. */
  @Test
  void manyEncodesOfTheSameFramesGiveTheSameBytes() throws IOException {
    EncoderSettings settings = Films.settings(320, 180, Films.TICKS, 8, Colour.BT709);
    List<RawFrame> frames = Films.irregular(320, 180, 20, 0);
    byte[] once = Files.readAllBytes(segment("once", settings, frames));
    for (int run = 0; run < 12; run++) {
      assertThat(Files.readAllBytes(segment("again-" + run, settings, frames))).isEqualTo(once);
    }
  }

  @Test
  void keepsTenBitsAndHdrColours() throws IOException {
    Colour hdr = new Colour("bt2020nc", "bt2020", "smpte2084", false);
    EncoderSettings settings = Films.settings(96, 64, Films.TICKS, 10, hdr);
    List<RawFrame> frames = Films.regular(96, 64, 6, 0, 512);
    Path film = folder.resolve("film.mp4");
    join(film, settings, new FilmSound.None(), 0, frames, 3, 6);
    VideoInfo video = Films.info(film).video();
    assertThat(video.bitDepth()).isEqualTo(10);
    assertThat(video.colour()).isEqualTo(hdr);
    assertThat(video.hdr()).isTrue();
    assertThat(video.layout()).isEqualTo(PixelFormat.YUV420P10);
    EncoderSettings again = EncoderSettings.choose(video);
    assertThat(again.pixelFormat()).isEqualTo(PixelFormat.YUV420P10);
    List<RawFrame> deep = Films.readAll(film, PixelFormat.YUV420P10);
    join(folder.resolve("again.mp4"), again, new FilmSound.None(), 0, deep, 6);
    RawFrame back = Films.readAll(folder.resolve("again.mp4"), PixelFormat.RGB24).getFirst();
    assertThat(Films.meanDifference(back, frames.getFirst())).isLessThan(4);
  }

  @ParameterizedTest
  @CsvSource({"97, 65", "96, 65", "33, 48"})
  void showsOddSizesExactly(int width, int height) throws IOException {
    EncoderSettings settings = Films.settings(width, height, Films.TICKS, 8, Colour.BT709);
    List<RawFrame> frames = Films.regular(width, height, 4, 0, 512);
    Path film = folder.resolve("film.mp4");
    join(film, settings, new FilmSound.None(), 0, frames, 2, 4);
    VideoInfo video = Films.info(film).video();
    assertThat(List.of(video.width(), video.height())).containsExactly(width, height);
    RawFrame read = Films.readAll(film, PixelFormat.RGB24).getFirst();
    assertThat(Films.meanDifference(read, frames.getFirst())).isLessThan(4);
    assertThat(Films.readAll(film, PixelFormat.YUV420P)).hasSize(4);
  }

  @Test
  void keepsTheShapeOfPixels() throws IOException {
    EncoderSettings settings = Films.settings(96, 64, Films.TICKS, 8, Colour.BT709).withAspect(16, 11);
    Path film = folder.resolve("film.mp4");
    join(film, settings, new FilmSound.None(), 0, Films.regular(96, 64, 4, 0, 512), 4);
    VideoInfo video = Films.info(film).video();
    assertThat(List.of(video.aspectNum(), video.aspectDen())).containsExactly(16, 11);
    assertThat(EncoderSettings.choose(video).aspectNum()).isEqualTo(16);
  }

  @Test
  void aFilmThatAModelHadItsHandInSaysSoAndIsOtherwiseTheSame() throws IOException {
    EncoderSettings settings = Films.settings(96, 64, Films.TICKS, 8, Colour.BT709);
    Path piece = segment("piece", settings, Films.regular(96, 64, 6, 0, 512));
    Path plain = folder.resolve("plain.mp4");
    Path marked = folder.resolve("marked.mp4");
    try (FilmAssembler one = FilmAssembler.create(plain, settings, new FilmSound.None());
        FilmAssembler other = FilmAssembler.create(marked, settings, new FilmSound.None(), Optional.of(new GenerativeMark("by a model")))) {
      one.append(piece, 0);
      one.finish();
      other.append(piece, 0);
      assertThat(other.finish().bytes()).isEqualTo(Files.size(marked));
    }
    assertThat(boxes(plain)).containsExactly("ftyp", "moov", "free", "mdat");
    assertThat(boxes(marked)).containsExactly("ftyp", "moov", "free", "mdat", "uuid");
    assertThat(Files.readString(marked, StandardCharsets.ISO_8859_1)).contains("by a model", GenerativeMark.SOURCE_TYPE);
    assertThat(Files.readString(plain, StandardCharsets.ISO_8859_1)).doesNotContain("digitalsourcetype");
    assertThat(Films.values(Films.readAll(marked, PixelFormat.YUV420P))).isEqualTo(Films.values(Films.readAll(plain, PixelFormat.YUV420P)));
  }

  @Test
  void aCommentOfTheSourceStaysBeforeTheMark() {
    FilmExtras extras = new FilmExtras(List.of(new Tag("Comment", "our holiday"), new Tag("title", "beach")), List.of(), List.of());

    assertThat(new GenerativeMark("by a model").onto(extras).tags())
        .containsExactly(new Tag("title", "beach"), new Tag("comment", "our holiday / by a model"));
  }

  /** The names of a file's outermost boxes. */
  private static List<String> boxes(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
    List<String> names = new ArrayList<>();
    while (bytes.hasRemaining()) {
      int begin = bytes.position();
      int length = bytes.getInt();
      byte[] name = new byte[4];
      bytes.get(name);
      names.add(new String(name, StandardCharsets.US_ASCII));
      bytes.position(begin + length);
    }
    return names;
  }

  @Test
  void refusesSegmentsThatDoNotFit() throws IOException {
    EncoderSettings settings = Films.settings(96, 64, Films.TICKS, 8, Colour.BT709);
    List<RawFrame> frames = Films.regular(96, 64, 6, 0, 512);
    Path one = segment("one", settings, frames);
    Path other = segment("other", settings.withAspect(2, 1), Films.regular(96, 64, 6, 9000, 512));
    Path damaged = segment("damaged", settings, Films.regular(96, 64, 6, 9000, 512));
    byte[] bytes = Files.readAllBytes(damaged);
    bytes[bytes.length / 2] ^= 1;
    Files.write(damaged, bytes);
    for (Path second : List.of(one, other, damaged)) {
      Path film = folder.resolve("film.mp4");
      assertThatThrownBy(() -> {
        try (FilmAssembler assembler = FilmAssembler.create(film, settings, new FilmSound.None())) {
          assembler.append(one, 0);
          assembler.append(second, 0);
          assembler.finish();
        }
      }).isInstanceOf(InternalFault.class);
      assertThat(film).doesNotExist();
    }
  }
}
