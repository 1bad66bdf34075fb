package org.answerprint.toybox;

import java.util.Arrays;
import java.util.Optional;

/** The colour an object is painted in. */
public enum ToyColour {
  RED("red", 0.85, 0.12, 0.10),
  GREEN("green", 0.13, 0.65, 0.20),
  BLUE("blue", 0.12, 0.25, 0.85),
  YELLOW("yellow", 0.93, 0.80, 0.10),
  PURPLE("purple", 0.55, 0.18, 0.75),
  ORANGE("orange", 0.95, 0.50, 0.08),
  WHITE("white", 0.92, 0.92, 0.92),
  BLACK("black", 0.08, 0.08, 0.09);

  private static final double DARK = 0.15;
  private static final Colour LIGHT = new Colour(1, 1, 1);

  private final String words;
  private final Colour paint;

  ToyColour(String words, double red, double green, double blue) {
    this.words = words;
    this.paint = new Colour(red, green, blue);
  }

  /** The words a caption uses for this colour. */
  public String words() {
    return words;
  }

  /** The colour that captions call by exactly these words, or empty if there is none. */
  public static Optional<ToyColour> of(String words) {
    return Arrays.stream(values()).filter(each -> each.words.equals(words)).findFirst();
  }

  Colour paint() {
    return paint;
  }

  /** The second colour of a pattern: a quarter of the first, or a lighter one where the first is dark already. */
  Colour secondPaint() {
    return paint.grey() < DARK ? paint.towards(LIGHT, 0.6) : paint.times(0.25);
  }
}
