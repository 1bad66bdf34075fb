package org.answerprint.toybox;

import java.util.Arrays;
import java.util.Optional;

/** The form of an object; its measures are multiples of the object's size r. */
public enum Shape {
  /** A ball of radius r. */
  BALL("ball", 1, 1),
  /** A cube with half an edge of 0.85 r. */
  CUBE("cube", 0.85, 0.85),
  /** An upright cylinder of radius 0.75 r and height 2 r. */
  CYLINDER("cylinder", 0.75, 1),
  /** An upright cone with a base of radius 0.8 r and height 2 r. */
  CONE("cone", 0.8, 1);

  private final String words;
  private final double halfWidth;
  private final double halfHeight;

  Shape(String words, double halfWidth, double halfHeight) {
    this.words = words;
    this.halfWidth = halfWidth;
    this.halfHeight = halfHeight;
  }

  /** The words a caption uses for this shape. */
  public String words() {
    return words;
  }

  /** The shape that captions call by exactly these words, or empty if there is none. */
  public static Optional<Shape> of(String words) {
    return Arrays.stream(values()).filter(each -> each.words.equals(words)).findFirst();
  }

  /** Half the width of the box around an object of size 1, along its own x and z axes. */
  double halfWidth() {
    return halfWidth;
  }

  /** Half the height of an object of size 1, which is also how high its middle stands above the ground. */
  double halfHeight() {
    return halfHeight;
  }

  Solid solid(double size) {
    return switch (this) {
      case BALL -> new Ball(size);
      case CUBE -> new Block(halfWidth * size);
      case CYLINDER -> new Cylinder(halfWidth * size, halfHeight * size);
      case CONE -> new Cone(halfWidth * size, halfHeight * size);
    };
  }
}
