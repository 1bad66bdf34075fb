package org.answerprint.media.sandbox;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Random;
import org.answerprint.frames.Colour;
import org.answerprint.frames.FrameSpec;
import org.answerprint.frames.PixelFormat;
import org.answerprint.frames.RawFrame;
import org.answerprint.frames.TimeBase;
import org.answerprint.media.AudioReader;
import org.answerprint.media.EncoderSettings;
import org.answerprint.media.FileBytes;
import org.answerprint.media.FilmWriter;
import org.answerprint.media.Limits;
import org.answerprint.media.VideoReader;

/** Does what a decoder does, but for the walls and the pipe, so that its classes can be kept: see {@link DecoderStart}. */
public final class SandboxTraining {

  private static final int SAMPLE_RATE = 48_000;

  private SandboxTraining() {
  }

  private static PictureSlots slots(DataOutputStream out) {
    try (SharedPictures memory = SharedPictures.create().orElseThrow()) {
      return new PictureSlots(SharedPictures.open(memory.path()).orElseThrow(), 1 << 20, freeing(), out);
    }
  }

  /** A parent that takes every picture at once. */
  private static FromParent freeing() {
    return new FromParent(new DataInputStream(new InputStream() {
      @Override
      public int read() {
        return Message.FREED;
      }
    }));
  }

  /** A second of noise with silence, as most films are coded. */
  private static Path film(Path file) {
    int width = 96;
    int height = 54;
    int rate = 24;
    Random random = new Random(1);
    EncoderSettings settings = EncoderSettings.choose(width, height, new TimeBase(1, rate), rate, 1, Colour.BT709, 8);
    try (FilmWriter film = FilmWriter.create(file, settings, SAMPLE_RATE, 2)) {
      for (int i = 0; i < rate; i++) {
        byte[] pixels = new byte[width * height * 3];
        random.nextBytes(pixels);
        film.put(new RawFrame(PixelFormat.RGB24, width, height, i, 1, pixels));
      }
      film.sound(new short[2 * SAMPLE_RATE]);
      film.finish();
    }
    return file;
  }

  /** The argument is where a film may be made. */
  public static void main(String[] arguments) throws IOException, ClassNotFoundException {
    for (Class<?> later : new Class<?>[] {SandboxMain.class, Landlock.class, SystemCallFilter.class, Orphan.class, RemoteBytes.class, FromParent.class, Memory.class,
        SignOfLife.class}) {
      Class.forName(later.getName(), true, later.getClassLoader());
    }
    Walls.prepare();
    DataOutputStream out = new DataOutputStream(OutputStream.nullOutputStream());
    try (VideoReader film = VideoReader.open(FileBytes.open(film(Path.of(arguments[0]))), Limits.STANDARD)) {
      Wire.write(out, film.info());
      Wire.write(out, film.scan(Long.MIN_VALUE, Long.MAX_VALUE, new FrameSpec(PixelFormat.RGB24, 96, 54), (frame, key) -> { }));
      Wire.write(out, film.scan(Long.MIN_VALUE, Long.MAX_VALUE, new FrameSpec(PixelFormat.YUV420P, 0, 0), slots(out)));
      if (film.info().defaultAudio().isPresent()) {
        try (AudioReader sound = film.audio(film.info().defaultAudio().get().stream())) {
          for (var packet = sound.next(); packet.isPresent(); packet = sound.next()) {
            Wire.write(out, packet.get());
          }
        }
      }
    }
  }
}
