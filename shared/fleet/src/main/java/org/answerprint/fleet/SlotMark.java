package org.answerprint.fleet;

import java.time.Instant;
import java.util.Objects;

/**
 * Who has one of the places for workers: {@code gpu/slots/<n>}. It holds until its time is over, whoever wrote it.
 *
 * @param worker a name that no other worker ever has
 * @param state how far it is
 * @param until when nobody has the place any more
 */
public record SlotMark(String worker, State state, Instant until) {

  /** From being asked for to being gone. */
  public enum State {
    /** Somebody is about to ask for it. */
    ASKING,
    /** The batch service was asked for it. */
    ASKED,
    /** It works, and says so again and again. */
    RUNNING,
    /** It has left. */
    LEFT
  }

  public SlotMark {
    Objects.requireNonNull(worker, "worker");
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(until, "until");
  }

  boolean holdsAt(Instant now) {
    return now.isBefore(until);
  }
}
