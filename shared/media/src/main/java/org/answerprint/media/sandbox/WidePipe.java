package org.answerprint.media.sandbox;

/**
 * Widens the pipe on which a child answers to what the kernel lets everybody have: a picture of a few megabytes then
 * passes in a few turns instead of fifty, each of which wakes a process.
 */
final class WidePipe {

  private static final int STANDARD_OUTPUT = 1;
  private static final int SET_PIPE_SIZE = 1031;
  /** What {@code /proc/sys/fs/pipe-max-size} is where nobody changed it. */
  private static final int BYTES = 1 << 20;

  private WidePipe() {
  }

  /** Where the kernel refuses, the pipe stays as it is. */
  static void widen() {
    SystemCalls.call(SystemCalls.FCNTL, STANDARD_OUTPUT, SET_PIPE_SIZE, BYTES);
  }
}
