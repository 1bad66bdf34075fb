package org.answerprint.faults;

/** The request is wrong: rejected at once, never retried. The message tells a person what to change. */
public final class RequestFault extends Fault {

  public RequestFault(String message) {
    super(message, null);
  }

  public RequestFault(String message, Throwable cause) {
    super(message, cause);
  }
}
