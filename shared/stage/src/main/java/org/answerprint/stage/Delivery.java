package org.answerprint.stage;

/** How an item of work came to a worker. */
public enum Delivery {
  /** This copy was in nobody's hands before. Another copy of the same item may be in somebody's. */
  FIRST,
  /** Whoever had this copy before has died, or was silent for longer than the lock. */
  AGAIN
}
