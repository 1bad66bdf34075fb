package org.answerprint.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.answerprint.frames.Colour;
import org.answerprint.frames.PixelFormat;
import org.answerprint.frames.RawFrame;
import org.answerprint.frames.TimeBase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilmWriterTest {

  @TempDir Path folder;

  @Test
  void writesPicturesAndSoundInStep() {
    Path film = folder.resolve("film.mp4");
    try (FilmWriter writer = FilmWriter.create(film, Films.settings(96, 64, new TimeBase(1, 24), 8, Colour.BT709),
        48000, 2)) {
      for (RawFrame frame : Films.regular(96, 64, 48, 0, 1)) {
        writer.put(frame);
        short[] sound = new short[2 * 2000];
        if (frame.pts() == 24) {
          Arrays.fill(sound, 0, 100, (short) 30000);
        }
        writer.sound(sound);
      }
      FilmReport report = writer.finish();
      assertThat(report.frames()).isEqualTo(48);
      assertThat(report.driftTicks()).isZero();
    }
    assertThat(Films.readAll(film, PixelFormat.GRAY8)).hasSize(48);
    assertThat(Films.loudest(film)).isBetween(48_000L - 10, 48_000L + 10);
  }

  @Test
  void leavesNothingBehindWhenBrokenOff() {
    Path film = folder.resolve("film.mp4");
    try (FilmWriter writer = FilmWriter.create(film, Films.settings(96, 64, new TimeBase(1, 24), 8, Colour.BT709),
        48000, 0)) {
      writer.put(Films.picture(96, 64, 0, 0, 1));
    }
    assertThat(film).doesNotExist();
  }

  @Test
  void writesJpegsThatOthersRead() throws IOException {
    RawFrame frame = Films.picture(61, 35, 3, 0, 0);
    byte[] jpeg = Jpeg.encode(frame);
    var image = ImageIO.read(new ByteArrayInputStream(jpeg));
    assertThat(image.getWidth()).isEqualTo(61);
    assertThat(image.getRGB(50, 5) >> 16 & 255).isBetween((frame.data()[(5 * 61 + 50) * 3] & 255) - 8,
        (frame.data()[(5 * 61 + 50) * 3] & 255) + 8);
    assertThat(Jpeg.encode(frame)).isEqualTo(jpeg);
  }
}
