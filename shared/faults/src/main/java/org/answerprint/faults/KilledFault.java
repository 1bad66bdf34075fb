package org.answerprint.faults;

/**
 * The world ended a process of ours. Perhaps what it worked on asked too much of the machine, so that it is retried as any trouble of the
 * world, but its attempts are counted.
 */
public final class KilledFault extends TransientFault {

  public KilledFault(String message, Throwable cause) {
    super(message, cause);
  }
}
