package org.answerprint.faults;

/** We are wrong: dead-lettered with all its context, never retried blindly. */
public final class InternalFault extends Fault {

  public InternalFault(String message) {
    super(message, null);
  }

  public InternalFault(String message, Throwable cause) {
    super(message, cause);
  }
}
