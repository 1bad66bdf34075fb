package org.answerprint.joins;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.answerprint.frames.PixelFormat;
import org.answerprint.frames.RawFrame;

/** How many pixels a second of 1080p each join makes in a processor second on one thread, from frames of moving texture. */
final class JoinBenchmark {

  private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();
  private static final int WIDTH = 1920;
  private static final int HEIGHT = 1080;

  private JoinBenchmark() {}

  public static void main(String[] arguments) {
    int frames = arguments.length == 0 ? 6 : Integer.parseInt(arguments[0]);
    for (String name : List.of("dissolve", "morph")) {
      Join join = Joins.byName(name);
      join.between(track(1, 1), track(2, 1));
      long start = CLOCK.getCurrentThreadCpuTime();
      int made = join.between(track(1, frames), track(2, frames)).size();
      double seconds = (CLOCK.getCurrentThreadCpuTime() - start) / 1e9;
      System.out.printf(Locale.ROOT, "%s: %.1f million pixels a second%n", name, made * (double) WIDTH * HEIGHT / seconds / 1e6);
    }
  }

  private static List<RawFrame> track(int seed, int count) {
    byte[] noise = new byte[(WIDTH + 64) * HEIGHT * 3 / 2];
    new Random(seed).nextBytes(noise);
    for (int i = 1; i < noise.length; i++) {
      noise[i] = (byte) ((noise[i] & 255) / 16 + (noise[i - 1] & 255) * 15 / 16);
    }
    List<RawFrame> frames = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] data = new byte[WIDTH * HEIGHT * 3 / 2];
      System.arraycopy(noise, 3 * i, data, 0, data.length);
      frames.add(new RawFrame(PixelFormat.YUV420P, WIDTH, HEIGHT, i, 1, data));
    }
    return frames;
  }
}
