package org.answerprint.media;

import java.lang.foreign.MemorySegment;

/** Native memory that pictures are put into, one after another, for those who hand them to another process. */
public interface Canvas {

  /** Where the next picture goes: native memory of at least its size, the reader's own until {@link #painted}. */
  MemorySegment next();

  /**
   * The memory that {@link #next} answered last holds a picture now.
   *
   * @param pts in ticks
   * @param duration in ticks
   * @param key whether it was a key frame of its source
   */
  void painted(long pts, long duration, boolean key);
}
