package org.answerprint.toybox;

import java.util.stream.IntStream;

/**
 * Draws scenes. A clip runs over the moments 0 to 1, whatever its number of frames; any size may be asked for: the
 * height of the picture shows the same part of the world always, and a wider one shows more to the sides.
 *
 * <p>Safe to share between threads. The same arguments give the same bits, serial or parallel, on every machine.
 */
public final class Renderer {
  /** The largest width and height of a picture. */
  public static final int LARGEST = 8192;

  private static final int BAND = 16;

  private final boolean parallel;

  private Renderer(boolean parallel) {
    this.parallel = parallel;
  }

  /** A renderer that works on the calling thread. */
  public static Renderer serial() {
    return new Renderer(false);
  }

  /** A renderer that shares the rows of each frame among the threads of the common pool. */
  public static Renderer parallel() {
    return new Renderer(true);
  }

  /**
   * The moment of a frame in a clip of {@code count} frames: 0 for the first, 1 for the last, and 0.5 where there is
   * only one.
   *
   * @throws IllegalArgumentException if there is no such frame
   */
  public static double moment(int frame, int count) {
    Checks.range("a clip's number of frames", count, 1, Integer.MAX_VALUE);
    Checks.range("a frame of a clip of %d".formatted(count), frame, 0, count - 1);
    return count == 1 ? 0.5 : frame / (double) (count - 1);
  }

  /**
   * The frame {@code frame} of {@code count}, in new arrays: {@link #render(Scene, double, int, int)} at its moment.
   */
  public Rendering render(Scene scene, int frame, int count, int width, int height) {
    return render(scene, moment(frame, count), width, height);
  }

  /**
   * The frame at a moment of 0 to 1, in new arrays.
   *
   * @throws IllegalArgumentException if the moment lies outside, or a side is not 1 to {@value #LARGEST}
   */
  public Rendering render(Scene scene, double moment, int width, int height) {
    checkFrame(moment, width, height);
    var rendering = new Rendering(width, height, new byte[3 * width * height], new float[width * height]);
    renderInto(scene, moment, rendering);
    return rendering;
  }

  /**
   * Draws over an earlier frame, so that a long clip needs one frame's memory.
   *
   * @throws IllegalArgumentException as {@link #render(Scene, double, int, int)}
   */
  public void renderInto(Scene scene, double moment, Rendering target) {
    checkFrame(moment, target.width(), target.height());
    var tracer = new FrameTracer(scene, moment, target.width(), target.height());
    int height = target.height();
    if (parallel) {
      IntStream.range(0, (height + BAND - 1) / BAND).parallel().forEach(band ->
          tracer.draw(band * BAND, Math.min(height, (band + 1) * BAND), target.rgb(), target.depth()));
    } else {
      tracer.draw(0, height, target.rgb(), target.depth());
    }
  }

  /**
   * The true optical flow between two moments: for every pixel of the frame at {@code from}, how far right and how far
   * down, in pixels, what its middle sees is in the frame at {@code to}. It may lead out of the picture. Both values
   * are {@link Float#NaN} where the object hides it then.
   *
   * @return [height, width, 2]
   * @throws IllegalArgumentException as {@link #render(Scene, double, int, int)}
   */
  public float[] trueMotion(Scene scene, double from, double to, int width, int height) {
    checkFrame(from, width, height);
    checkFrame(to, width, height);
    var tracer = new MotionTracer(scene, from, to, width, height);
    var flow = new float[2 * width * height];
    var rows = IntStream.range(0, height);
    (parallel ? rows.parallel() : rows).forEach(row -> tracer.follow(row, flow, new Hit()));
    return flow;
  }

  /**
   * Which pixels of the frame at a moment of 0 to 1 see the object with their middle.
   *
   * @return [height, width]
   * @throws IllegalArgumentException as {@link #render(Scene, double, int, int)}
   */
  public boolean[] objectMask(Scene scene, double moment, int width, int height) {
    checkFrame(moment, width, height);
    var tracer = new FrameTracer(scene, moment, width, height);
    var seen = new boolean[width * height];
    var rows = IntStream.range(0, height);
    (parallel ? rows.parallel() : rows).forEach(row -> tracer.outline(row, seen, new Hit()));
    return seen;
  }

  private static void checkFrame(double moment, int width, int height) {
    Checks.range("a moment", moment, 0, 1);
    Checks.range("a picture's width", width, 1, LARGEST);
    Checks.range("a picture's height", height, 1, LARGEST);
  }
}
