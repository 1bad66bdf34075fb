package org.answerprint.recipe;

import java.time.Duration;

/** Which shots an entry is about. */
public sealed interface ShotMatch {

  /**
   * Whether the shot is meant.
   *
   * @param number the shot's number in the film, from 1
   * @param start when the shot starts, from the start of the film, rounded down to nanoseconds
   */
  boolean matches(int number, Duration start);

  /** As it is written in a recipe. */
  String text();

  /** One shot by its number, from 1. */
  record ByNumber(int number) implements ShotMatch {

    public ByNumber {
      Limits.requireShot(number);
    }

    @Override
    public boolean matches(int shot, Duration start) {
      return shot == number;
    }

    @Override
    public String text() {
      return Integer.toString(number);
    }
  }

  /** The shots that start at {@code from} or later and before {@code to}, from the start of the film. */
  record ByTime(Duration from, Duration to) implements ShotMatch {

    public ByTime {
      Limits.require(!from.isNegative() && from.compareTo(to) < 0 && to.compareTo(Limits.TIME_MAX) <= 0,
          "the time range", Times.format(from) + "-" + Times.format(to), "a start before its end, up to 24h");
    }

    @Override
    public boolean matches(int shot, Duration start) {
      return start.compareTo(from) >= 0 && start.compareTo(to) < 0;
    }

    @Override
    public String text() {
      return Times.format(from) + "-" + Times.format(to);
    }
  }
}
