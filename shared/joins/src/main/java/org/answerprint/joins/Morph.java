package org.answerprint.joins;

import org.answerprint.flow.DenseFlow;
import org.answerprint.flow.FlowField;
import org.answerprint.frames.FrameSink;
import org.answerprint.frames.RawFrame;

/**
 * Moves what is common to both pictures from its place in the left one to its place in the right one, by dense optical
 * flow in both directions; where the two flows disagree (nothing corresponds, or something is hidden), or what they join
 * does not look alike, it dissolves.
 * Both sides are treated alike: swapped pictures give the reversed transition. Native memory is held while a transition
 * is made and no longer.
 */
final class Morph implements Join {

  /** {@code JoinBenchmark} says 2.6 million. */
  private static final double PIXELS_PER_SECOND = 1e6;

  @Override
  public String name() {
    return "morph";
  }

  @Override
  public String version() {
    return "2";
  }

  @Override
  public double secondsPerFrame(long pixels) {
    return pixels / PIXELS_PER_SECOND;
  }

  @Override
  public void between(Side left, Side right, FrameSink sink) {
    try (DenseFlow flow = new DenseFlow()) {
      Steps.walk(left, right, sink, (a, b, index, count) -> mix(flow, a, b, (float) index / (count + 1)));
    }
  }

  private static byte[] mix(DenseFlow flow, RawFrame left, RawFrame right, float t) {
    byte[] leftLuma = Luma.of(left);
    byte[] rightLuma = Luma.of(right);
    FlowField forward = flow.flow(leftLuma, rightLuma, left.width(), left.height());
    FlowField backward = flow.flow(rightLuma, leftLuma, left.width(), left.height());
    Correspondence places = Correspondence.at(forward, backward, leftLuma, rightLuma, t);
    byte[] out = new byte[left.data().length];
    for (int c = 0; c < Samples.channels(left.format()); c++) {
      Samples target = Samples.of(left.format(), left.width(), left.height(), out, c);
      warp(Samples.of(left, c), Samples.of(right, c), target, places, left, t);
    }
    return out;
  }

  /** Chroma planes of half the size take every second vector, halved. */
  private static void warp(Samples left, Samples right, Samples out, Correspondence places, RawFrame frame, float t) {
    int shift = left.width() == frame.width() ? 0 : 1;
    int shiftDown = left.height() == frame.height() ? 0 : 1;
    float scaleX = 1f / (1 << shift);
    float scaleY = 1f / (1 << shiftDown);
    for (int y = 0; y < out.height(); y++) {
      for (int x = 0; x < out.width(); x++) {
        int at = (y << shiftDown) * frame.width() + (x << shift);
        float a = left.at(x + scaleX * places.leftX()[at], y + scaleY * places.leftY()[at]);
        float b = right.at(x + scaleX * places.rightX()[at], y + scaleY * places.rightY()[at]);
        float trustLeft = (1 - t) * places.leftTrust()[at];
        float trustRight = t * places.rightTrust()[at];
        float dissolved = (1 - t) * left.get(x, y) + t * right.get(x, y);
        float value = trustLeft * a + trustRight * b + (1 - trustLeft - trustRight) * dissolved;
        out.set(x, y, Math.round(value));
      }
    }
  }
}
