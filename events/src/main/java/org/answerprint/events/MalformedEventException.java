package org.answerprint.events;

/**
 * The bytes that came in are not the event they claim to be. Reading them again gives the same answer, so such a
 * message belongs in the dead letters and is never retried.
 */
public final class MalformedEventException extends IllegalArgumentException {

  public MalformedEventException(String message) {
    super(message);
  }

  public MalformedEventException(String message, Throwable cause) {
    super(message, cause);
  }
}
