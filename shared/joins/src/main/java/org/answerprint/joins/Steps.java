package org.answerprint.joins;

import org.answerprint.faults.InternalFault;
import org.answerprint.frames.FrameSink;
import org.answerprint.frames.RawFrame;

/** Walks a transition frame by frame: which two pictures to mix, and how far along. */
final class Steps {

  /** Makes the picture that lies {@code index / (count + 1)} of the way from left to right. */
  @FunctionalInterface
  interface Mixer {
    byte[] mix(RawFrame left, RawFrame right, int index, int count);
  }

  private Steps() {}

  static void walk(Side left, Side right, FrameSink sink, Mixer mixer) {
    if (left.size() == 0 || right.size() == 0) {
      pass(left, sink);
      pass(right, sink);
      return;
    }
    int count = left.size() + right.size();
    Held from = new Held(left);
    Held to = new Held(right);
    for (int i = 0; i < count; i++) {
      RawFrame a = from.at(Math.min(i, left.size() - 1));
      RawFrame b = to.at(Math.max(i - left.size(), 0));
      check(a, b);
      RawFrame time = i < left.size() ? a : b;
      byte[] data = mixer.mix(a, b, i + 1, count);
      sink.put(new RawFrame(time.format(), time.width(), time.height(), time.pts(), time.duration(), data));
    }
  }

  /** The frames of one side as they are. */
  static void pass(Side side, FrameSink sink) {
    for (int i = 0; i < side.size(); i++) {
      sink.put(side.get(i));
    }
  }

  private static void check(RawFrame frame, RawFrame other) {
    if (frame.format() != other.format() || frame.width() != other.width() || frame.height() != other.height()) {
      throw new InternalFault(
          "a join was given a frame of %dx%d %s beside one of %dx%d %s: one job has one geometry"
          .formatted(other.width(), other.height(), other.format(), frame.width(), frame.height(), frame.format()));
    }
  }

  /** One side, of which the frame that was asked for last is kept. */
  private static final class Held {
    private final Side side;
    private int index;
    private RawFrame frame;

    Held(Side side) {
      this.side = side;
      this.frame = side.get(0);
    }

    RawFrame at(int wanted) {
      if (wanted != index) {
        frame = side.get(wanted);
        index = wanted;
      }
      return frame;
    }
  }
}
