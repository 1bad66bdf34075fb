package org.answerprint.media;

import org.answerprint.frames.RawFrame;

/** Takes frames in presentation order, with whether each was a key frame of its source. */
@FunctionalInterface
public interface FrameVisitor {

  /** Owns the frame from here on. */
  void visit(RawFrame frame, boolean key);
}
