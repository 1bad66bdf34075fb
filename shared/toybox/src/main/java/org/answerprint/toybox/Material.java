package org.answerprint.toybox;

import java.util.Arrays;
import java.util.Optional;

/** What an object is made of: rubber is matt, metal mirrors the sky and the ground and has a sharp highlight. */
public enum Material {
  RUBBER("rubber"),
  METAL("metal");

  private final String words;

  Material(String words) {
    this.words = words;
  }

  /** The words a caption uses for this material. */
  public String words() {
    return words;
  }

  /** The material that captions call by exactly these words, or empty if there is none. */
  public static Optional<Material> of(String words) {
    return Arrays.stream(values()).filter(each -> each.words.equals(words)).findFirst();
  }
}
