package org.answerprint.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_NONE;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.answerprint.faults.InternalFault;
import org.answerprint.faults.RequestFault;
import org.answerprint.frames.Colour;
import org.answerprint.frames.RawFrame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadBackTest {

  private static final EncoderSettings SETTINGS = Films.settings(96, 64, Films.TICKS, 8, Colour.BT709);
  private static final List<RawFrame> FRAMES = Films.irregular(96, 64, 40, 0);

  @TempDir Path folder;

  @Test
  void aFilmLargerThanUploadsMayBeIsReadBack() throws IOException {
    Path film = Films.silent(folder.resolve("film.mp4"), "mp4", SETTINGS, FRAMES);
    grow(film, Limits.STANDARD.maxBytes() + 1);
    refusesAsAnUpload(film, "bytes");
    assertThat(ReadBack.lastPts(film, Films.TICKS)).isEqualTo(FRAMES.getLast().pts());
  }

  /** Chapters are a track of an MP4, so one of as many tracks as are accepted, with chapters, has one more. */
  @Test
  void aFilmOfMoreTracksThanUploadsMayHaveIsReadBack() {
    Path film = withTracks(Limits.STANDARD.maxStreams());
    refusesAsAnUpload(film, "streams");
    assertThat(ReadBack.lastPts(film, Films.TICKS)).isEqualTo(FRAMES.getLast().pts());
  }

  /** Only a decoder knows the sample format of AAC. */
  @Test
  void noDecoderSeesTheSoundOfAFilmOfOurs() {
    Path film = Films.plain(folder.resolve("film.mp4"), 30);
    try (FileBytes bytes = FileBytes.open(film); Demuxer analysed = Demuxer.open(bytes, Limits.STANDARD)) {
      assertThat(analysed.stream(1).codecpar().format()).isNotEqualTo(AV_SAMPLE_FMT_NONE);
    }
    try (FileBytes bytes = FileBytes.open(film); Demuxer own = Demuxer.openOwn(bytes)) {
      assertThat(own.stream(1).codecpar().format()).isEqualTo(AV_SAMPLE_FMT_NONE);
    }
  }

  @Test
  void aFilmOfOursThatIsNoneIsOurFault() throws IOException {
    Path film = Files.write(folder.resolve("film.mp4"), new byte[5000]);
    assertThatThrownBy(() -> ReadBack.lastPts(film, Films.TICKS)).isInstanceOf(InternalFault.class).hasMessageContaining("just written");
  }

  private static void refusesAsAnUpload(Path film, String what) {
    assertThatThrownBy(() -> Films.info(film)).isInstanceOf(RequestFault.class).hasMessageContaining(what);
  }

  /** Appends an empty box that takes no room on the disk. */
  private static void grow(Path film, long bytes) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(film.toFile(), "rw")) {
      long end = file.length();
      file.seek(end);
      file.writeInt(1);
      file.write("free".getBytes(StandardCharsets.US_ASCII));
      file.writeLong(bytes - end);
      file.setLength(bytes);
    }
  }

  /** A film with so many sound tracks, whose packets and settings make no sense. */
  private Path withTracks(int count) {
    byte[] nonsense = new byte[64];
    Arrays.fill(nonsense, (byte) 0x5a);
    AudioFormat format = new AudioFormat("vorbis", 48_000, 2, "stereo", 0, 0, 0, 0, 0, 0, Films.TICKS, nonsense);
    List<CodedPacket> packets = new ArrayList<>();
    Path film = folder.resolve("film.mp4");
    try (PictureEncoder encoder = new PictureEncoder(SETTINGS, packets::add)) {
      FRAMES.forEach(encoder::put);
      encoder.finish();
      List<MuxedSound> tracks = Collections.nCopies(count, MuxedSound.only(format).getFirst());
      try (FilmMuxer muxer = new FilmMuxer(film, encoder.header(), tracks, FilmExtras.NONE, 0)) {
        packets.forEach(packet -> muxer.picture(packet, packet.pts()));
        for (int track = 0; track < count; track++) {
          muxer.sound(track, new AudioPacket(0, 512, nonsense), 0);
        }
        muxer.finish();
      }
    }
    return film;
  }
}
