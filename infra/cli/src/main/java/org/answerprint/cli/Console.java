package org.answerprint.cli;

import java.io.PrintWriter;

/**
 * Where commands write.
 *
 * @param out results; with {@code --json} nothing but the JSON
 * @param err problems, and progress where {@code out} is for JSON
 * @param terminal whether a person looks at {@code out} and progress may be drawn over
 */
record Console(PrintWriter out, PrintWriter err, boolean terminal) {

  static boolean isTerminal() {
    return System.console() != null && System.console().isTerminal();
  }

  /** A line on {@code out}. */
  void say(String line) {
    out.println(line);
    out.flush();
  }

  /** Where words for people go. */
  PrintWriter words(boolean json) {
    return json ? err : out;
  }

  /** A display of progress. */
  Display display(boolean json) {
    return terminal && !json ? new BarDisplay(out) : new LineDisplay(words(json));
  }
}
