package org.answerprint.metrics;

import java.util.ArrayList;
import java.util.List;
import org.answerprint.flow.DenseFlow;
import org.answerprint.flow.FlowField;
import org.answerprint.pictures.Picture;
import org.answerprint.toybox.Renderer;
import org.answerprint.toybox.Scene;

/**
 * How the pixels of a source clip move, frame by frame: the yardstick of {@link PixelMse}. Immutable.
 *
 * @param steps the motion from frame i+1 back to frame i, for each i: one less than there are frames
 */
public record ClipMotion(List<MotionBack> steps) {

  /** Copies the list. */
  public ClipMotion {
    steps = List.copyOf(steps);
  }

  /**
   * Estimated by optical flow between consecutive frames. A vector is trusted where the flow forth undoes it
   * ({@link FlowField#returns}).
   *
   * @param source of one size
   */
  public static ClipMotion estimated(DenseFlow dense, List<Picture> source) {
    List<byte[]> luma = source.stream().map(Luma::of).toList();
    List<MotionBack> steps = new ArrayList<>();
    for (int i = 1; i < source.size(); i++) {
      int width = source.get(i).width();
      int height = source.get(i).height();
      FlowField back = dense.flow(luma.get(i), luma.get(i - 1), width, height);
      FlowField forth = dense.flow(luma.get(i - 1), luma.get(i), width, height);
      boolean[] trusted = new boolean[width * height];
      for (int p = 0; p < trusted.length; p++) {
        trusted[p] = back.returns(forth, p % width, p / width);
      }
      steps.add(new MotionBack(back, trusted));
    }
    return new ClipMotion(steps);
  }

  /**
   * As the renderer knows it: exact where the middle of a pixel was to be seen in the frame before. A pixel is trusted where it also
   * was inside the picture.
   *
   * @param frames of the clip, spread evenly over the scene's moments
   */
  public static ClipMotion known(Scene scene, int frames, int width, int height) {
    List<MotionBack> steps = new ArrayList<>();
    for (int i = 1; i < frames; i++) {
      float[] pairs = Renderer.serial().trueMotion(
          scene, Renderer.moment(i, frames), Renderer.moment(i - 1, frames), width, height);
      FlowField flow = field(pairs, width, height);
      boolean[] trusted = new boolean[width * height];
      for (int p = 0; p < trusted.length; p++) {
        trusted[p] = flow.contains(p % width + flow.dx()[p], p / width + flow.dy()[p]);
      }
      steps.add(new MotionBack(flow, trusted));
    }
    return new ClipMotion(steps);
  }

  private static FlowField field(float[] pairs, int width, int height) {
    float[] dx = new float[width * height];
    float[] dy = new float[width * height];
    for (int p = 0; p < dx.length; p++) {
      dx[p] = pairs[2 * p];
      dy[p] = pairs[2 * p + 1];
    }
    return new FlowField(width, height, dx, dy);
  }
}
