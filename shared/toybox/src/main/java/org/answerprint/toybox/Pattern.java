package org.answerprint.toybox;

import java.util.Arrays;
import java.util.Optional;

/** What is painted on an object, in the object's own frame, so that its turning shows. */
public enum Pattern {
  PLAIN("plain"),
  STRIPED("striped"),
  CHECKED("checked");

  private final String words;

  Pattern(String words) {
    this.words = words;
  }

  /** The words a caption uses for this pattern. */
  public String words() {
    return words;
  }

  /** The pattern that captions call by exactly these words, or empty if there is none. */
  public static Optional<Pattern> of(String words) {
    return Arrays.stream(values()).filter(each -> each.words.equals(words)).findFirst();
  }
}
