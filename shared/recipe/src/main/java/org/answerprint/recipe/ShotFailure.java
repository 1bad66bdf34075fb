package org.answerprint.recipe;

import java.util.Locale;

/** What becomes of a shot that could not be edited after all attempts. */
public enum ShotFailure {
  /** The shot goes into the film as it was. */
  SOURCE,
  /** The whole job fails. */
  FAIL;

  /** The word used in recipes: the name in lower case. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
