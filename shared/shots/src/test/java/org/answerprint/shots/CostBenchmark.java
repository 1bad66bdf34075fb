package org.answerprint.shots;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.Locale;
import org.answerprint.frames.FrameSink;
import org.answerprint.frames.FrameSpec;
import org.answerprint.frames.PixelFormat;
import org.answerprint.media.FileBytes;
import org.answerprint.media.Limits;
import org.answerprint.media.VideoReader;

/**
 * What finding shots adds to decoding. Argument: a film. Milliseconds of processor time a frame on one thread, the best of
 * three rounds, so that a busy machine tells nearly the same: for decoded pictures as they are, for the detector's
 * small pictures, and for those with shots found.
 */
final class CostBenchmark {

  private static final int ROUNDS = 3;
  private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

  private CostBenchmark() {}

  public static void main(String[] arguments) {
    Path film = Path.of(arguments[0]);
    double decode = Double.MAX_VALUE;
    double small = Double.MAX_VALUE;
    double find = Double.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      decode = Math.min(decode, through(film, FrameSpec.sourceSize(PixelFormat.YUV420P), false));
      small = Math.min(small, through(film, ShotDetector.SPEC, false));
      find = Math.min(find, through(film, ShotDetector.SPEC, true));
    }
    System.out.printf(Locale.ROOT, "decode %.3f ms a frame; with small pictures %.3f;"
        + " with shots found %.3f, which is %.2f of decoding%n", decode, small, find, find / decode);
  }

  private static double through(Path film, FrameSpec spec, boolean find) {
    try (VideoReader reader = VideoReader.open(FileBytes.open(film), Limits.STANDARD)) {
      ShotDetector detector = new ShotDetector(reader.info().video().timeBase(), ShotOptions.defaults(), shot -> { });
      FrameSink sink = find ? detector : frame -> { };
      long start = CLOCK.getCurrentThreadCpuTime();
      long frames = reader.read(Long.MIN_VALUE, Long.MAX_VALUE, spec, sink);
      detector.finish();
      return (CLOCK.getCurrentThreadCpuTime() - start) / 1e6 / frames;
    }
  }
}
