package org.answerprint.faults;

/**
 * Anything that can go wrong, sorted by who has to act on it. A message names what was expected, what was found,
 * where, and the next thing to try, in one sentence.
 */
public abstract sealed class Fault extends RuntimeException permits RequestFault, TransientFault, InternalFault {

  Fault(String message, Throwable cause) {
    super(message, cause);
  }
}
