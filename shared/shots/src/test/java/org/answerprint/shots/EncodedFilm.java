package org.answerprint.shots;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.answerprint.frames.RawFrame;
import org.answerprint.frames.TimeBase;
import org.answerprint.media.FfmpegProgram;
import org.answerprint.media.FileBytes;
import org.answerprint.media.Limits;
import org.answerprint.media.VideoReader;

/**
 * A synthetic film through a real encoder and back. Size, crf, preset and whether frames come at uneven times follow
 * from the seed.
 */
record EncodedFilm(Path file, TimeBase timeBase, List<RawFrame> frames) {

  private static final int[][] SIZES = {{192, 108}, {320, 180}, {192, 108}, {256, 144}, {160, 120}};
  private static final int[] CRFS = {18, 23, 28, 33};
  private static final String[] PRESETS = {"veryfast", "ultrafast", "faster"};

  /** Encodes a film into a folder unless it is there, and decodes it. */
  static EncodedFilm of(SyntheticFilm film, long seed, Path folder) {
    int[] size = SIZES[(int) (seed % SIZES.length)];
    Path file = folder.resolve(seed + ".mp4");
    try {
      if (!Files.exists(file)) {
        encode(film, size[0], size[1], seed, file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<RawFrame> frames = new ArrayList<>();
    try (VideoReader reader = VideoReader.open(FileBytes.open(file), Limits.STANDARD)) {
      reader.read(Long.MIN_VALUE, Long.MAX_VALUE, ShotDetector.SPEC, frames::add);
      if (frames.size() != film.frames()) {
        throw new IllegalStateException(file + " has " + frames.size() + " frames, not " + film.frames());
      }
      return new EncodedFilm(file, reader.info().video().timeBase(), frames);
    }
  }

  private static void encode(SyntheticFilm film, int width, int height, long seed, Path file) throws IOException {
    boolean uneven = seed % 7 == 3;
    Path part = file.resolveSibling(file.getFileName() + ".part.mp4");
    Process process = FfmpegProgram.command(List.of("-v", "error", "-y", "-f", "rawvideo",
        "-pix_fmt", "rgb24", "-s", width + "x" + height, "-r", "" + film.rate(), "-i", "-",
        "-vf", uneven ? "settb=1/12800,setpts=PTS+mod(N*N*37\\,160)" : "null", "-fps_mode", "passthrough",
        "-enc_time_base", "1/12800", "-c:v", "libx264", "-threads", "1",
        "-preset", PRESETS[(int) (seed / 3 % PRESETS.length)], "-crf", "" + CRFS[(int) (seed / 2 % CRFS.length)],
        "-pix_fmt", "yuv420p", part.toString())).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (OutputStream pipe = new BufferedOutputStream(process.getOutputStream(), 1 << 20)) {
      film.play(width, height, rgb -> {
        try {
          pipe.write(rgb);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      });
    }
    if (process.onExit().join().exitValue() != 0) {
      throw new IOException("the encoder failed on " + file);
    }
    Files.move(part, file);
  }
}
