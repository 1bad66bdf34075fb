package org.answerprint.fleet;

/**
 * What waits for workers or is in their hands.
 *
 * @param items 0 or more
 * @param secondsEach what one of them is expected to take a worker; 0 where nobody knows
 */
public record Backlog(long items, double secondsEach) {

  public Backlog {
    if (items < 0 || !(secondsEach >= 0)) {
      throw new IllegalArgumentException("a backlog has no negative number of items or seconds");
    }
  }

  /** The work of one worker that did all of it. */
  public double seconds() {
    return items * secondsEach;
  }
}
