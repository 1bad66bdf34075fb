package org.answerprint.stack;

/** The process was asked for something it cannot do; the message is one sentence for the person who asked. */
final class StartupFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StartupFault(String sentence) {
    super(sentence);
  }
}
