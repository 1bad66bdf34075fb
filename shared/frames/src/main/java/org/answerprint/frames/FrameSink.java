package org.answerprint.frames;

/** Takes frames in presentation order. */
@FunctionalInterface
public interface FrameSink {

  /** Owns the frame from here on. */
  void put(RawFrame frame);
}
