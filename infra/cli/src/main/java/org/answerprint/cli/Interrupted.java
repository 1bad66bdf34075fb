package org.answerprint.cli;

import org.answerprint.stage.EndSignals;

/**
 * Ctrl-C during commands that run networks in this very process: it ends at once, since an orderly end would take ONNX Runtime away
 * from under them, which crashes. What they keep is whole at every moment.
 */
final class Interrupted {

  private Interrupted() {}

  /**
   * From now on SIGTERM, SIGINT and SIGHUP end the process.
   *
   * @param words what the person reads then: how to go on
   */
  static void says(Console console, String words) {
    EndSignals.listen(() -> {
      console.err().println(words);
      console.err().flush();
      Runtime.getRuntime().halt(ExitCodes.INTERRUPTED);
    });
  }
}
