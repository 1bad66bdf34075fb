package org.answerprint.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.answerprint.flow.FlowField;
import org.answerprint.pictures.Picture;
import org.answerprint.toybox.Renderer;
import org.answerprint.toybox.Scene;

/** Clips and motions whose measures can be worked out by hand. */
final class Clips {

  private Clips() {}

  /** One colour all over, grey, of 0 to 255. */
  static Picture plain(int width, int height, double level) {
    float[] planes = new float[3 * width * height];
    Arrays.fill(planes, (float) (level / 127.5 - 1));
    return new Picture(width, height, planes);
  }

  /** A pattern of waves, shifted by so many pixels. */
  static Picture waves(int width, int height, double right, double down) {
    float[] planes = new float[3 * width * height];
    for (int i = 0; i < planes.length; i++) {
      double x = i % width - right;
      double y = i / width % height - down;
      planes[i] = (float) (0.35 * Math.sin(0.45 * x + 0.2 * y) + 0.35 * Math.sin(0.5 * y - 0.3 * x) + 0.2 * Math.sin(0.9 * x));
    }
    return new Picture(width, height, planes);
  }

  /** The waves gliding by a constant step. */
  static List<Picture> gliding(int frames, int width, int height, double right, double down) {
    return IntStream.range(0, frames).mapToObj(i -> waves(width, height, i * right, i * down)).toList();
  }

  /** The same motion everywhere, trusted where it stays inside. */
  static ClipMotion even(int steps, int width, int height, float dx, float dy) {
    float[] right = new float[width * height];
    float[] down = new float[width * height];
    Arrays.fill(right, dx);
    Arrays.fill(down, dy);
    FlowField flow = new FlowField(width, height, right, down);
    boolean[] trusted = new boolean[width * height];
    for (int p = 0; p < trusted.length; p++) {
      trusted[p] = flow.contains(p % width + dx, p / width + dy);
    }
    List<MotionBack> all = new ArrayList<>();
    for (int i = 0; i < steps; i++) {
      all.add(new MotionBack(flow, trusted));
    }
    return new ClipMotion(all);
  }

  static List<Picture> rendered(Scene scene, int frames, int width, int height) {
    return IntStream.range(0, frames).mapToObj(i -> Renderer.serial().render(scene, i, frames, width, height))
        .map(rendering -> Picture.of(rendering.rgb(), width, height)).toList();
  }

  /** A track through these columns and rows in turn. */
  static Track track(double... places) {
    float[] x = new float[places.length / 2];
    float[] y = new float[places.length / 2];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) places[2 * i];
      y[i] = (float) places[2 * i + 1];
    }
    return new Track(x, y);
  }
}
