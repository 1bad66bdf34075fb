package org.answerprint.handles;

/** Which end of its shot a handle frame comes from. */
public enum HandleGroup {
  /** The first frames of the shot, for the transition before it. */
  HEAD,
  /** The last frames of the shot, for the transition after it. */
  TAIL
}
