package org.answerprint.methods;

import org.answerprint.frames.FrameSink;
import org.answerprint.frames.FrameSpec;

/** The frames of one shot or piece. May be read more than once, in different forms; each reading decodes again. */
@FunctionalInterface
public interface ShotFrames {

  /** Hands over every frame in order, with its time in the edited film. */
  void read(FrameSpec spec, FrameSink sink);
}
