package org.answerprint.toybox;

/** A colour being made: scratch memory of one thread. */
final class Tint {
  double red;
  double green;
  double blue;

  void set(double newRed, double newGreen, double newBlue) {
    red = newRed;
    green = newGreen;
    blue = newBlue;
  }

  /** Red, green and blue from one colour at share 0 to another at share 1. */
  void between(Colour from, Colour to, double share) {
    red = from.red() + (to.red() - from.red()) * share;
    green = from.green() + (to.green() - from.green()) * share;
    blue = from.blue() + (to.blue() - from.blue()) * share;
  }
}
