package org.answerprint.extract;

import org.answerprint.frames.TimeBase;

/**
 * Maps the times of one source to those of the edited film. For a single source they are equal but for the unit.
 *
 * @param source ticks of the source's stream
 * @param film ticks of the edited film
 * @param sourceStart the tick that is mapped to {@code filmStart}
 * @param filmStart where the source begins in the edited film
 */
record FilmClock(TimeBase source, TimeBase film, long sourceStart, long filmStart) {

  /** Exact where the film's ticks divide the source's, else the nearest tick. */
  long at(long pts) {
    long scale = (long) source.num() * film.den();
    long over = (long) source.den() * film.num();
    long gcd = gcd(scale, over);
    long ticks = Math.multiplyExact(pts - sourceStart, scale / gcd);
    return filmStart + Math.floorDiv(2 * ticks + over / gcd, 2 * (over / gcd));
  }

  private static long gcd(long a, long b) {
    return b == 0 ? a : gcd(b, a % b);
  }
}
