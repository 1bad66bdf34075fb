package org.answerprint.shots;

/** How a shot begins. */
public enum Cut {
  /** It is the film's first. */
  START,
  /** From one frame to the next. */
  HARD,
  /** One picture fades into the other. */
  DISSOLVE,
  /** Through a plain picture, black or white most often. */
  FADE,
  /** A border moves across the picture, old on one side and new on the other. */
  WIPE
}
