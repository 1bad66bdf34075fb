package org.answerprint.launcher;

import java.util.OptionalInt;

/** A child JVM could not be started; the message is one sentence that says why, in the child's words if it had any. */
public final class LaunchException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int REQUEST_IS_WRONG = 2;

  private final int exitCode;

  /** A failure with the child's exit code, or empty if it never ran or never ended. */
  public LaunchException(String sentence, OptionalInt exitCode) {
    super(sentence);
    this.exitCode = exitCode.orElse(-1);
  }

  /** True where what was asked for cannot be done (a port or folder in use), false where something is broken. */
  public boolean requestIsWrong() {
    return exitCode == REQUEST_IS_WRONG;
  }
}
