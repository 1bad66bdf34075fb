package org.answerprint.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.answerprint.frames.Colour;
import org.answerprint.frames.PixelFormat;
import org.answerprint.frames.RawFrame;
import org.answerprint.frames.TimeBase;
import org.answerprint.media.EncoderSettings;
import org.answerprint.media.FilmWriter;
import org.answerprint.toybox.SampleFilm;

/** Small films with known cuts and sound. */
public final class Films {

  private static final int TICKS = 12_800;

  private Films() {}

  /** Five short Toybox shots at 160x90 and 12 frames a second, with clicks at the cuts. */
  public static byte[] toybox(int framesPerShot, long seed) {
    return encode(SampleFilm.of(160, 90, 12, framesPerShot, seed));
  }

  /** A film as MP4. */
  public static byte[] encode(SampleFilm film) {
    try {
      Path file = Files.createTempFile("film", ".mp4");
      encode(film, file);
      byte[] bytes = Files.readAllBytes(file);
      Files.delete(file);
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void encode(SampleFilm film, Path file) {
    TimeBase time = new TimeBase(1, TICKS);
    EncoderSettings settings = EncoderSettings.choose(film.width(), film.height(), time, film.framesPerSecond(), 1, Colour.BT709, 8);
    try (FilmWriter writer = FilmWriter.create(file, settings, SampleFilm.SAMPLE_RATE, SampleFilm.CHANNELS)) {
      for (int i = 0; i < film.frameCount(); i++) {
        long pts = (long) i * TICKS / film.framesPerSecond();
        long end = (long) (i + 1) * TICKS / film.framesPerSecond();
        writer.put(new RawFrame(PixelFormat.RGB24, film.width(), film.height(), pts, end - pts, film.render(i)));
        long from = film.firstSample(i);
        writer.sound(film.sound(from, (int) (film.firstSample(i + 1) - from)));
      }
      writer.finish();
    }
  }
}
