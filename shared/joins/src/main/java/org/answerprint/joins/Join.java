package org.answerprint.joins;

import java.util.ArrayList;
import java.util.List;
import org.answerprint.frames.FrameSink;
import org.answerprint.frames.RawFrame;

/**
 * How one shot becomes the next. A join replaces the last a frames of the left shot and the first b frames of the right
 * one by a + b frames with the same times, so that neither length nor sound moves. The same frames give the same
 * frames, on any machine of the supported kind. Safe to share between threads.
 *
 * <p>Where a picture is mixed from both shots, the left shot runs up to the cut and then holds its last frame; the
 * right shot holds its first frame up to the cut and then runs. The i-th of n frames, counted from 1, lies i / (n
 * + 1) of the way from left to right: the first is not yet, and the last no longer, a picture of one shot only.
 * With no frames on one side there is nothing to mix and the frames of the other side pass as they are.
 */
public interface Join {

  /** What recipes call it. */
  String name();

  /** Changes whenever the pixels change that it makes of the same frames. */
  String version();

  /** Seconds that a frame of so many pixels takes at most on one core, reading and encoding included; for prices. */
  double secondsPerFrame(long pixels);

  /**
   * Makes the transition, frame by frame in order of time. Each given frame is asked for once, in order, when its turn has come, so
   * that few are in memory at a time.
   *
   * @param left the last frames of the left shot
   * @param right the first frames of the right shot, of the left ones' format and size
   * @param sink is given {@code left.size() + right.size()} frames with the pts and durations of the given ones
   * @throws org.answerprint.faults.InternalFault where the two sides' formats or sizes differ
   */
  void between(Side left, Side right, FrameSink sink);

  /** Makes the transition of frames that are there, and collects what comes of it. */
  default List<RawFrame> between(List<RawFrame> left, List<RawFrame> right) {
    List<RawFrame> frames = new ArrayList<>(left.size() + right.size());
    between(Side.of(left), Side.of(right), frames::add);
    return frames;
  }
}
