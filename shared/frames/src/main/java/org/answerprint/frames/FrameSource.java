package org.answerprint.frames;

/** What yields frames of one video stream by time. Not thread-safe. */
public interface FrameSource extends AutoCloseable {

  /**
   * Hands over every frame with {@code from <= pts < to}, upright, in presentation order.
   *
   * @param from first tick wanted, in the stream's time base; {@code Long.MIN_VALUE} for the start
   * @param to first tick not wanted; {@code Long.MAX_VALUE} for the end
   * @return how many frames were handed over
   * @throws org.answerprint.faults.Fault where the bytes cannot be had, or are no video
   */
  long read(long from, long to, FrameSpec spec, FrameSink sink);

  @Override
  void close();
}
