package org.answerprint.toybox;

final class Checks {
  private Checks() {}

  static void range(String what, double value, double least, double most) {
    if (!(value >= least && value <= most)) {
      throw new IllegalArgumentException(
          "%s must lie in %s..%s, but was %s.".formatted(what, least, most, value));
    }
  }

  static void range(String what, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException("%s must lie in %d..%d, but was %d.".formatted(what, least, most, value));
    }
  }
}
