package org.answerprint.pix2video;

import org.answerprint.faults.RequestFault;

/** Finds the noise from which a clip's edit begins. All that it knows between two steps is the latents. */
public interface Inversion {

  /** How many steps it takes. */
  int steps();

  /**
   * Says what of a clip it cannot work on, before the first step.
   *
   * @throws RequestFault where there is something
   */
  default void require(Clip clip, float[] text) {}

  /**
   * One step, the same to the bit whenever it is made with the same arguments.
   *
   * @param step from 0
   * @param text {@code [1, 77, D]} that says what is in the clip
   * @param latents of all frames before the step; not written to
   * @param watch asked before each call of a network
   * @return new latents
   */
  float[] step(int step, Clip clip, float[] text, float[] latents, Watch watch);
}
