package org.answerprint.media;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.answerprint.frames.Colour;
import org.answerprint.frames.FrameSpec;
import org.answerprint.frames.PixelFormat;
import org.answerprint.frames.RawFrame;
import org.answerprint.frames.TimeBase;
import org.answerprint.media.sandbox.SandboxedVideo;

/**
 * Frames per second of decoding a 1080p film: in this process, in a child, and by FFmpeg's command line with one
 * thread. The argument names a film; without it one is made.
 */
final class DecodeBenchmark {

  private DecodeBenchmark() {
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path film = arguments.length > 0 ? Path.of(arguments[0]) : make();
    for (int round = 0; round < 3; round++) {
      try (VideoReader reader = VideoReader.open(FileBytes.open(film), Limits.STANDARD)) {
        report("this process, yuv", reader, new FrameSpec(PixelFormat.YUV420P, 0, 0));
        report("this process, rgb 96x54", reader, new FrameSpec(PixelFormat.RGB24, 96, 54));
        report("this process, rgb", reader, new FrameSpec(PixelFormat.RGB24, 0, 0));
      }
      try (SandboxedVideo reader = SandboxedVideo.open(FileBytes.open(film), Limits.STANDARD)) {
        report("child, yuv", reader, new FrameSpec(PixelFormat.YUV420P, 0, 0));
        report("child, rgb 96x54", reader, new FrameSpec(PixelFormat.RGB24, 96, 54));
      }
      commandLine(film);
    }
  }

  private static Path make() throws IOException {
    Path film = Files.createTempFile("benchmark", ".mp4");
    film.toFile().deleteOnExit();
    Random random = new Random(1);
    try (FilmWriter writer = FilmWriter.create(film,
        EncoderSettings.choose(1920, 1080, new TimeBase(1, 30), 30, 1, Colour.BT709, 8), 48000, 0)) {
      for (int i = 0; i < 90; i++) {
        RawFrame frame = Films.picture(1920, 1080, i, i, 1);
        for (int at = 0; at < frame.data().length; at++) {
          frame.data()[at] += (byte) random.nextInt(5);
        }
        writer.put(frame);
      }
      writer.finish();
    }
    return film;
  }

  private static void report(String what, VideoFile film, FrameSpec spec) {
    long before = System.nanoTime();
    long frames = film.read(Long.MIN_VALUE, Long.MAX_VALUE, spec, frame -> { });
    print(what, frames, System.nanoTime() - before);
  }

  private static void commandLine(Path film) throws IOException, InterruptedException {
    long frames = Films.info(film).video().frameCount();
    long before = System.nanoTime();
    FfmpegProgram.command(List.of("-v", "error", "-threads", "1", "-i", film.toString(), "-f", "null", "-")).inheritIO()
        .start().waitFor();
    print("command line", frames, System.nanoTime() - before);
  }

  private static void print(String what, long frames, long nanos) {
    System.out.printf(Locale.ROOT, "%-26s %7.1f frames/s%n", what, frames * 1e9 / nanos);
  }
}
