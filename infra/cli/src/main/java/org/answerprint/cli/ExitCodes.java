package org.answerprint.cli;

import org.answerprint.events.EndState;
import org.answerprint.faults.RequestFault;
import org.answerprint.faults.TransientFault;
import org.answerprint.launcher.LaunchException;

/** What the process says when it ends. */
final class ExitCodes {

  static final int DONE = 0;
  static final int FAILED = 1;
  static final int REQUEST_IS_WRONG = 2;
  /** As shells have it for Ctrl-C. */
  static final int INTERRUPTED = 130;

  private ExitCodes() {}

  /** A bucket or broker that cannot be reached was named wrongly as far as we can tell. */
  static int of(Exception e) {
    return switch (e) {
      case RequestFault request -> REQUEST_IS_WRONG;
      case TransientFault unreachable -> REQUEST_IS_WRONG;
      case LaunchException launch when launch.requestIsWrong() -> REQUEST_IS_WRONG;
      default -> FAILED;
    };
  }

  static int of(EndState state) {
    return switch (state) {
      case FINAL -> DONE;
      case FAILED, CANCELLED -> FAILED;
      case REJECTED -> REQUEST_IS_WRONG;
    };
  }
}
