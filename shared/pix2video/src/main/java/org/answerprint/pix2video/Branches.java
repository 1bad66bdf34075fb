package org.answerprint.pix2video;

/** How the two branches of guidance go through the network; the results are the same but for rounding. */
public enum Branches {
  /** In one call: faster where memory allows. */
  TOGETHER,
  /** One after the other, with half the memory. */
  APART
}
