package org.answerprint.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.answerprint.faults.RequestFault;
import org.answerprint.frames.PixelFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostileFilesTest {

  @TempDir Path folder;

  private void refused(byte[] content, String because) throws IOException {
    Path file = Files.write(folder.resolve("upload.mp4"), content);
    assertThatThrownBy(() -> VideoReader.open(FileBytes.open(file), Limits.STANDARD)).isInstanceOf(RequestFault.class)
        .hasMessageContaining(because);
  }

  @Test
  void refusesWhatIsNoVideo() throws IOException {
    refused(new byte[0], "empty");
    refused("just some words\n".repeat(40).getBytes(StandardCharsets.UTF_8), "text");
    refused(new byte[5000], "unknown or damaged");
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(20, 20, BufferedImage.TYPE_INT_RGB), "png", png);
    refused(png.toByteArray(), "still image");
  }

  @Test
  void opensNothingThatAPlaylistNames() throws IOException {
    Path neighbour = Films.plain(folder.resolve("neighbour.mp4"), 5);
    try (ServerSocket canary = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      canary.setSoTimeout(200);
      String url = "http://127.0.0.1:" + canary.getLocalPort() + "/a.ts";
      for (String playlist : List.of(
          "#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXT-X-KEY:METHOD=AES-128,URI=\"" + url + "\"\n#EXTINF:4,\n" + url
              + "\n#EXT-X-ENDLIST\n",
          "ffconcat version 1.0\nfile neighbour.mp4\n",
          "ffconcat version 1.0\nfile " + neighbour + "\n",
          "<?xml version=\"1.0\"?><MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\"><Period><BaseURL>" + url
              + "</BaseURL></Period></MPD>")) {
        refused(playlist.getBytes(StandardCharsets.UTF_8), "playlist");
      }
      assertThatThrownBy(canary::accept).isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void refusesAFilmWhosePicturesCannotBeDecoded() throws IOException {
    Path file = Films.plain(folder.resolve("film.mp4"), 10);
    byte[] film = Files.readAllBytes(file);
    int media = new String(film, StandardCharsets.ISO_8859_1).indexOf("mdat") + 4;
    Arrays.fill(film, media, film.length, (byte) 0);
    refused(film, "not one picture");
  }

  @Test
  void refusesAnEncryptedFilm() throws IOException {
    Path film = Films.plain(folder.resolve("entry.mp4"), 10);
    byte[] bytes = Files.readAllBytes(film);
    int entry = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("avc1", 60);
    System.arraycopy("encv".getBytes(StandardCharsets.US_ASCII), 0, bytes, entry, 4);
    refused(bytes, "encrypted");
  }

  @Test
  void refusesPicturesBeyondTheLimit() throws IOException {
    byte[] bomb = new byte[400];
    System.arraycopy("GIF89a".getBytes(StandardCharsets.US_ASCII), 0, bomb, 0, 6);
    byte[] rest = {-1, -1, -1, -1, (byte) 0x80, 0, 0, 0, 0, 0, -1, -1, -1, 0x2c, 0, 0, 0, 0, -1, -1, -1, -1, 0, 2, 2,
        0x4c, 1, 0, 0x3b};
    System.arraycopy(rest, 0, bomb, 6, rest.length);
    refused(bomb, "");
    Path film = Films.plain(folder.resolve("film.mp4"), 10);
    Limits tight = new Limits(1L << 30, 100 * 64, 4, 1000, 60, 2, 20, false);
    assertThatThrownBy(() -> VideoReader.open(FileBytes.open(film), tight)).isInstanceOf(RequestFault.class);
  }

  @Test
  void refusesTooManyFramesBytesAndSeconds() {
    Path film = Films.plain(folder.resolve("film.mp4"), 60);
    Limits few = new Limits(1L << 30, 1 << 24, 4, 20, 60, 2, 20, false);
    Limits brief = new Limits(1L << 30, 1 << 24, 4, 1000, 1, 2, 20, false);
    Limits small = new Limits(1000, 1 << 24, 4, 1000, 60, 2, 20, false);
    for (Limits limits : List.of(few, brief, small)) {
      assertThatThrownBy(() -> {
        try (VideoReader reader = VideoReader.open(FileBytes.open(film), limits)) {
          Films.readAll(reader, PixelFormat.GRAY8);
        }
      }).isInstanceOf(RequestFault.class);
    }
  }

  @Test
  void refusesSoundWithACover() throws IOException {
    Path file = CoverArt.write(folder.resolve("song.m4a"));
    assertThat(Files.size(file)).isPositive();
    refused(Files.readAllBytes(file), "cover art");
  }

  @Test
  void readsWhatIsLeftOfATruncatedFilm() throws IOException {
    Path file = Films.plain(folder.resolve("film.mp4"), 60);
    byte[] film = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(film, film.length * 2 / 3));
    try (VideoReader reader = VideoReader.open(FileBytes.open(file), Limits.STANDARD)) {
      int frames = Films.readAll(reader, PixelFormat.GRAY8).size();
      assertThat(frames).isBetween(10, 59);
      assertThat(reader.info().video().frameCount()).isEqualTo(60);
    }
  }
}
