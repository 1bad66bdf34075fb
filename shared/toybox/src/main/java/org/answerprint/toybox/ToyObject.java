package org.answerprint.toybox;

import java.util.Objects;

/**
 * One object: what it is, and where it stands at the middle of its motion.
 *
 * @param pattern what is painted on it
 * @param colour its colour
 * @param material what it is made of
 * @param shape its form
 * @param motion what it does
 * @param size its size r, 0.1 to 1.5; {@link Scenes} draws 0.7 to 1
 * @param x how far right of the origin, -4 to 4; {@link Scenes} draws -0.8 to 0.8
 * @param z how far behind the origin, -0.5 to 8; {@link Scenes} draws -0.3 to 0.9
 * @param yawDegrees how far it is turned about its upright axis; {@link Scenes} draws 0 to 90
 */
public record ToyObject(
    Pattern pattern,
    ToyColour colour,
    Material material,
    Shape shape,
    Motion motion,
    double size,
    double x,
    double z,
    double yawDegrees) {

  /** Refuses nulls and, with an {@link IllegalArgumentException}, numbers outside their ranges. */
  public ToyObject {
    Objects.requireNonNull(pattern, "pattern");
    Objects.requireNonNull(colour, "colour");
    Objects.requireNonNull(material, "material");
    Objects.requireNonNull(shape, "shape");
    Objects.requireNonNull(motion, "motion");
    Checks.range("an object's size", size, 0.1, 1.5);
    Checks.range("an object's x", x, -4, 4);
    Checks.range("an object's z", z, -0.5, 8);
    Checks.range("an object's yaw in degrees", yawDegrees, -360, 360);
  }
}
