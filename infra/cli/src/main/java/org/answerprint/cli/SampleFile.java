package org.answerprint.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.answerprint.faults.TransientFault;
import org.answerprint.frames.Colour;
import org.answerprint.frames.PixelFormat;
import org.answerprint.frames.RawFrame;
import org.answerprint.frames.TimeBase;
import org.answerprint.media.EncoderSettings;
import org.answerprint.media.FilmWriter;
import org.answerprint.toybox.SampleFilm;

/** The sample film as a video file. */
final class SampleFile {

  private static final int TICKS_PER_FRAME = 512;

  private SampleFile() {}

  /** Makes the file where it is missing; it is whole or not there. */
  static Path make(SampleFilm film, Path file) {
    if (Files.exists(file)) {
      return file;
    }
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      write(film, part);
      return Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new TransientFault("the sample film cannot be written to " + file + " (" + e.getMessage() + "); check the disk", e);
    }
  }

  private static void write(SampleFilm film, Path file) {
    TimeBase time = new TimeBase(1, film.framesPerSecond() * TICKS_PER_FRAME);
    EncoderSettings encoder =
        EncoderSettings.choose(film.width(), film.height(), time, film.framesPerSecond(), 1, Colour.BT709, 8);
    try (FilmWriter writer = FilmWriter.create(file, encoder, SampleFilm.SAMPLE_RATE, SampleFilm.CHANNELS)) {
      for (int frame = 0; frame < film.frameCount(); frame++) {
        writer.put(new RawFrame(PixelFormat.RGB24, film.width(), film.height(), (long) frame * TICKS_PER_FRAME, TICKS_PER_FRAME,
            film.render(frame)));
        long from = film.firstSample(frame);
        writer.sound(film.sound(from, (int) (film.firstSample(frame + 1) - from)));
      }
      writer.finish();
    }
  }
}
