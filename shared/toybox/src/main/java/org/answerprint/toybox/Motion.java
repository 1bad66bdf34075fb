package org.answerprint.toybox;

import java.util.Arrays;
import java.util.Optional;

/** What the object does during a clip. */
public enum Motion {
  ROLLING_LEFT("rolling left"),
  ROLLING_RIGHT("rolling right"),
  COMING_CLOSER("coming closer"),
  MOVING_AWAY("moving away"),
  JUMPING("jumping"),
  STANDING_STILL("standing still");

  private final String words;

  Motion(String words) {
    this.words = words;
  }

  /** The words a caption uses for this motion. */
  public String words() {
    return words;
  }

  /** The motion that captions call by exactly these words, or empty if there is none. */
  public static Optional<Motion> of(String words) {
    return Arrays.stream(values()).filter(each -> each.words.equals(words)).findFirst();
  }
}
