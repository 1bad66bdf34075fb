package org.answerprint.metrics;

import java.util.List;
import java.util.OptionalDouble;
import org.answerprint.flow.Bilinear;
import org.answerprint.flow.FlowField;
import org.answerprint.pictures.Picture;

/**
 * Pix2Video's Pixel-MSE: each edited frame Y_i is carried along the motion f of the source, from frame i+1 back to i, to
 * W_(i+1)(p) = Y_i(p + f(p)), bilinear, and held against Y_(i+1). The mean squared difference over pixels and colours, then over
 * pairs of frames, in squared levels of 0 to 255. The paper names neither the range nor what is done with what was hidden, so both
 * ways are given.
 *
 * <p>A pair of frames without such a pixel is left out of a mean.
 *
 * @param all over all pixels whose motion is known; places outside the picture mean its edge
 * @param trusted over those pixels alone whose motion is trusted; empty where there is none in any pair
 * @param share of all pixels that are trusted, 0 to 1
 */
public record PixelMse(double all, OptionalDouble trusted, double share) {

  private static final int COLOURS = 3;
  /** From values of -1 to 1 to levels of 0 to 255. */
  private static final double LEVELS = 127.5;

  /**
   * Measures an edited clip.
   *
   * @param motion of its source, of the same size and length
   * @throws IllegalArgumentException where it is not, or the clip has less than two frames
   */
  public static PixelMse of(List<Picture> edited, ClipMotion motion) {
    if (edited.size() < 2 || edited.size() != motion.steps().size() + 1) {
      throw new IllegalArgumentException("%d frames cannot be held against %d steps of motion".formatted(
          edited.size(), motion.steps().size()));
    }
    Sums sums = new Sums();
    for (int i = 1; i < edited.size(); i++) {
      sums.add(edited.get(i - 1), edited.get(i), motion.steps().get(i - 1));
    }
    return sums.result();
  }

  /** Means of pairs, added up. */
  private static final class Sums {

    private double all;
    private int pairs;
    private double trusted;
    private int trustedPairs;
    private double share;
    private int steps;

    void add(Picture before, Picture after, MotionBack motion) {
      FlowField flow = motion.flow();
      requireSize(before, flow);
      requireSize(after, flow);
      int pixels = flow.width() * flow.height();
      double sum = 0;
      double trustedSum = 0;
      int known = 0;
      int believed = 0;
      for (int p = 0; p < pixels; p++) {
        float x = p % flow.width() + flow.dx()[p];
        float y = p / flow.width() + flow.dy()[p];
        if (!Float.isNaN(x)) {
          double error = error(before, after, p, x, y);
          sum += error;
          known++;
          trustedSum += motion.trusted()[p] ? error : 0;
          believed += motion.trusted()[p] ? 1 : 0;
        }
      }
      if (known > 0) {
        all += sum / known;
        pairs++;
      }
      if (believed > 0) {
        trusted += trustedSum / believed;
        trustedPairs++;
      }
      share += believed / (double) pixels;
      steps++;
    }

    PixelMse result() {
      if (pairs == 0) {
        throw new IllegalArgumentException("no pixel of this clip has a motion that is known");
      }
      OptionalDouble mean = trustedPairs == 0 ? OptionalDouble.empty() : OptionalDouble.of(trusted / trustedPairs);
      return new PixelMse(all / pairs, mean, share / steps);
    }

    private static double error(Picture before, Picture after, int p, float x, float y) {
      int pixels = after.width() * after.height();
      double sum = 0;
      for (int c = 0; c < COLOURS; c++) {
        float carried = Bilinear.sample(before.planes(), c * pixels, before.width(), before.height(), x, y);
        double difference = (carried - after.planes()[c * pixels + p]) * LEVELS;
        sum += difference * difference;
      }
      return sum / COLOURS;
    }

    private static void requireSize(Picture picture, FlowField flow) {
      if (picture.width() != flow.width() || picture.height() != flow.height()) {
        throw new IllegalArgumentException("a picture of %dx%d cannot be moved by a flow of %dx%d".formatted(
            picture.width(), picture.height(), flow.width(), flow.height()));
      }
    }
  }
}
