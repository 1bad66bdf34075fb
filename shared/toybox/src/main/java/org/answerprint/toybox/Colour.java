package org.answerprint.toybox;

/** A colour as three display values, 0 to 1 each; intermediate results may lie outside. */
record Colour(double red, double green, double blue) {
  Colour times(double factor) {
    return new Colour(red * factor, green * factor, blue * factor);
  }

  Colour towards(Colour other, double share) {
    return new Colour(
        red + (other.red - red) * share, green + (other.green - green) * share, blue + (other.blue - blue) * share);
  }

  double grey() {
    return 0.299 * red + 0.587 * green + 0.114 * blue;
  }
}
