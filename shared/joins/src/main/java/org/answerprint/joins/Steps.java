package org.answerprint.joins;

import java.util.List;
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

  static void walk(List<RawFrame> left, List<RawFrame> right, FrameSink sink, Mixer mixer) {
    check(left, right);
    if (left.isEmpty() || right.isEmpty()) {
      left.forEach(sink::put);
      right.forEach(sink::put);
      return;
    }
    int count = left.size() + right.size();
    for (int i = 0; i < count; i++) {
      RawFrame a = left.get(Math.min(i, left.size() - 1));
      RawFrame b = right.get(Math.max(i - left.size(), 0));
      RawFrame time = i < left.size() ? a : b;
      byte[] data = mixer.mix(a, b, i + 1, count);
      sink.put(new RawFrame(time.format(), time.width(), time.height(), time.pts(), time.duration(), data));
    }
  }

  private static void check(List<RawFrame> left, List<RawFrame> right) {
    RawFrame first = !left.isEmpty() ? left.getFirst() : !right.isEmpty() ? right.getFirst() : null;
    for (List<RawFrame> side : List.of(left, right)) {
      for (RawFrame frame : side) {
        if (frame.format() != first.format() || frame.width() != first.width() || frame.height() != first.height()) {
          throw new InternalFault(
              "a join was given a frame of %dx%d %s beside one of %dx%d %s: one job has one geometry"
              .formatted(frame.width(), frame.height(), frame.format(), first.width(), first.height(), first.format()));
        }
      }
    }
  }
}
