package org.answerprint.joins;

import org.answerprint.frames.FrameSink;

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
  public void between(Side left, Side right, FrameSink sink) {
    Steps.pass(left, sink);
    Steps.pass(right, sink);
  }
}
