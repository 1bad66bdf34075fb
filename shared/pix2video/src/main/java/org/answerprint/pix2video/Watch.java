package org.answerprint.pix2video;

/** Follows a run, and may end it: what either method throws goes through to the caller, and the run can be resumed later. */
public interface Watch {

  /** Lets everything be. */
  Watch NONE = new Watch() {};

  /** Before each call of the network. */
  default void beforeCall() {}

  /**
   * After each step. The checkpoint may be kept: it is not written to any more.
   *
   * @param steps of the whole run
   */
  default void afterStep(Checkpoint checkpoint, int steps) {}
}
