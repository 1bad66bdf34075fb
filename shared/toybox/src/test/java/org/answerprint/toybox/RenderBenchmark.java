package org.answerprint.toybox;

import java.time.Duration;

/** Prints how long rendering takes on one thread after warming up: a training clip, and a frame of the sample film. */
final class RenderBenchmark {
  private static final Duration WARM_UP = Duration.ofSeconds(4);
  private static final int SCENES = 200;

  private RenderBenchmark() {}

  public static void main(String[] arguments) {
    measure("clip of 8 frames at 64x64", 8, 64, 64, SCENES);
    measure("frame at 640x360", 1, 640, 360, SCENES / 4);
  }

  private static void measure(String what, int frames, int width, int height, int scenes) {
    long end = System.nanoTime() + WARM_UP.toNanos();
    for (long seed = 0; System.nanoTime() < end; seed++) {
      clip(seed, frames, width, height);
    }
    double best = Double.POSITIVE_INFINITY;
    double sum = 0;
    for (int round = 0; round < 5; round++) {
      long start = System.nanoTime();
      for (long seed = 0; seed < scenes; seed++) {
        clip(seed, frames, width, height);
      }
      double each = (System.nanoTime() - start) / 1e6 / scenes;
      best = Math.min(best, each);
      sum += each;
    }
    System.out.printf("%s: %.2f ms mean, %.2f ms in the best of 5 rounds%n", what, sum / 5, best);
  }

  private static void clip(long seed, int frames, int width, int height) {
    var scene = Scenes.random(seed);
    for (int frame = 0; frame < frames; frame++) {
      Renderer.serial().render(scene, frame, frames, width, height);
    }
  }
}
