package org.answerprint.joins;

import java.util.List;
import org.answerprint.frames.FrameSink;
import org.answerprint.frames.RawFrame;

/** No transition: the frames of both shots as they are. */
final class Cut implements Join {

  @Override
  public String name() {
    return "cut";
  }

  @Override
  public String version() {
    return "1";
  }

  @Override
  public double secondsPerFrame(long pixels) {
    return 0;
  }

  @Override
  public void between(List<RawFrame> left, List<RawFrame> right, FrameSink sink) {
    left.forEach(sink::put);
    right.forEach(sink::put);
  }
}
