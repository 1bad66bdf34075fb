package org.answerprint.chaos;

import java.time.Duration;
import java.util.Optional;

/**
 * One thing that goes wrong.
 *
 * @param moment before which it happens
 * @param after how long after that moment
 * @param part of the system that is hit
 * @param frozen for how long it is stopped with SIGSTOP; killed with SIGKILL where empty
 */
record Blow(Moment moment, Duration after, Part part, Optional<Duration> frozen) {

  @Override
  public String toString() {
    return frozen.map(d -> "freeze " + part + " for " + d.toMillis() + " ms").orElse("kill " + part) + " "
        + after.toMillis() + " ms after " + moment;
  }
}
