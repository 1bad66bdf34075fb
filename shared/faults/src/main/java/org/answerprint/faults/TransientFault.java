package org.answerprint.faults;

/** The world is briefly unwell (a bucket, a broker, a disk): retried with back-off, then a clear state. */
public sealed class TransientFault extends Fault permits KilledFault {

  public TransientFault(String message) {
    super(message, null);
  }

  public TransientFault(String message, Throwable cause) {
    super(message, cause);
  }
}
