package org.answerprint.pix2video;

/** Follows a run, and may end it: what either method throws goes through to the caller, and the run can be resumed later. */
public interface Watch {

  /** Lets everything be. */
  Watch NONE = new Watch() {};

  /** Before each call of the network. */
  default void beforeCall() {}

  /**
   * In each step of the edit, before {@link #afterStep}: the clean latents that the step's predictions speak of.
   *
   * @param step of the edit, from 0
   * @param clean {@code [frames, 4, h, w]}, before frames are pulled towards others; may be kept
   */
  default void cleanLatents(int step, float[] clean) {}

  /**
   * After each step. The checkpoint may be kept: it is not written to any more.
   *
   * @param steps of the whole run
   */
  default void afterStep(Checkpoint checkpoint, int steps) {}
}
