package org.answerprint.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.answerprint.frames.Colour;
import org.answerprint.frames.FrameSpec;
import org.answerprint.frames.RawFrame;
import org.answerprint.frames.TimeBase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No sound is lost without a word, and none that cannot be used fails a film. */
class LostSoundTest {

  @TempDir Path folder;

  @Test
  void aTrackThatNobodyDecodesIsNamedAndTheOtherStays() throws IOException {
    Path source = twoTracks();
    spoil(source, 2);
    MediaInfo info = Films.info(source);
    assertThat(info.audio()).singleElement().satisfies(track -> assertThat(track.stream()).isEqualTo(1));
    assertThat(info.defaultAudio()).isPresent();
    assertThat(info.extras().leftOut()).containsExactly("audio track 2 (none, deu)");
    FilmReport report = rejoined(source);
    assertThat(report.audioCopied()).isTrue();
    assertThat(report.audioPackets()).isPositive();
    assertThat(report.otherSound()).isEmpty();
  }

  @Test
  void whereTheDefaultTrackCannotBeUsedAnotherIsTheDefault() throws IOException {
    Path source = twoTracks();
    assertThat(Films.info(source).defaultAudio().orElseThrow().stream()).isEqualTo(1);
    spoil(source, 1);
    MediaInfo info = Films.info(source);
    assertThat(info.defaultAudio().orElseThrow().stream()).isEqualTo(2);
    assertThat(info.extras().leftOut()).containsExactly("audio track 1 (none, eng)");
  }

  @Test
  void soundThatBeginsTenSecondsIntoABroadcastIsFound() {
    Films.AacEncoderHolder holder = new Films.AacEncoderHolder();
    List<AudioPacket> sound = Films.clicks(holder, 96_000, 24_000);
    Path source = Films.write(folder.resolve("late.ts"), "mpegts", broadcast(), slow(100), Optional.of(holder.format), sound, 528_000);
    MediaInfo info = Films.info(source);
    AudioInfo track = info.defaultAudio().orElseThrow();
    assertThat(track.sampleRate()).isEqualTo(48_000);
    double late = track.timeBase().seconds(track.startPts()) - info.video().timeBase().seconds(info.video().startPts());
    assertThat(late).isCloseTo(10, offset(0.1));
    assertThat(Films.loudest(source)).isBetween(track(info) + 24_000 - 1100, track(info) + 24_000 + 1100);
    try (VideoReader film = VideoReader.open(FileBytes.open(source), Limits.STANDARD); AudioReader packets = film.audio(track.stream())) {
      assertThat(packets.format().sampleRate()).isEqualTo(48_000);
      assertThat(packets.next()).isPresent();
    }
  }

  /** The sample at which a film's sound begins, at 48 kHz. */
  private static long track(MediaInfo info) {
    AudioInfo track = info.defaultAudio().orElseThrow();
    return Math.round(track.timeBase().seconds(track.startPts()) * 48_000);
  }

  @Test
  void soundThatIsAnnouncedAndNeverComesIsNamed() {
    Films.AacEncoderHolder holder = new Films.AacEncoderHolder();
    Films.clicks(holder, 4800, 2400);
    Path source = Films.write(folder.resolve("never.ts"), "mpegts", broadcast(), slow(10), Optional.of(holder.format), List.of(), 0);
    assertThat(Films.info(source).audio()).isEmpty();
    assertThat(Films.info(source).extras().leftOut()).containsExactly("audio track 1 (aac)");
  }

  private static EncoderSettings broadcast() {
    return Films.settings(96, 64, new TimeBase(1, 90_000), 8, Colour.BT709);
  }

  /** Five pictures a second, from the first second on. */
  private static List<RawFrame> slow(int count) {
    return Films.regular(96, 64, count, 90_000, 18_000);
  }

  private Path twoTracks() {
    Films.AacEncoderHolder holder = new Films.AacEncoderHolder();
    List<AudioPacket> sound = Films.clicks(holder, 48_000, 24_000);
    List<CodedPacket> packets = new ArrayList<>();
    CodedHeader header;
    try (PictureEncoder encoder = new PictureEncoder(Films.settings(96, 64, Films.TICKS, 8, Colour.BT709), packets::add)) {
      Films.regular(96, 64, 30, 0, 512).forEach(encoder::put);
      encoder.finish();
      header = encoder.header();
    }
    Path file = folder.resolve("two.mp4");
    List<MuxedSound> tracks = List.of(new MuxedSound(holder.format, "eng", "", List.of("default")),
        new MuxedSound(holder.format, "deu", "", List.of()));
    try (FilmMuxer muxer = new FilmMuxer("mp4", file, header, tracks, FilmExtras.NONE, 0)) {
      packets.forEach(packet -> muxer.picture(packet, packet.pts()));
      for (AudioPacket packet : sound) {
        muxer.sound(0, packet, 0);
        muxer.sound(1, packet, 0);
      }
      muxer.finish();
    }
    return file;
  }

  /** Makes a sound track, counted from 1, one of a codec that nobody knows: its sample entry, and the box that says what it is. */
  private static void spoil(Path file, int track) throws IOException {
    byte[] film = Files.readAllBytes(file);
    for (String box : List.of("mp4a", "esds")) {
      int at = -1;
      for (int i = 0; i < track; i++) {
        at = new String(film, StandardCharsets.ISO_8859_1).indexOf(box, at + 1);
      }
      System.arraycopy("zzzz".getBytes(StandardCharsets.US_ASCII), 0, film, at, 4);
    }
    Files.write(file, film);
  }

  private FilmReport rejoined(Path source) throws IOException {
    Path piece = folder.resolve("piece");
    try (VideoReader film = VideoReader.open(FileBytes.open(source), Limits.STANDARD)) {
      EncoderSettings settings = EncoderSettings.choose(film.info().video());
      try (SegmentWriter segment = SegmentWriter.create(piece, settings)) {
        film.read(Long.MIN_VALUE, Long.MAX_VALUE, FrameSpec.sourceSize(settings.pixelFormat()), segment);
        segment.finish();
      }
      long shift = FilmAssembler.startShift(film.info());
      try (FilmAssembler joined = FilmAssembler.create(folder.resolve("out.mp4"), settings, FilmSound.Tracks.all(film, shift))) {
        joined.append(piece, shift);
        return joined.finish();
      }
    }
  }
}
