package org.answerprint.evaluation;

/** What a study asks of two edits. */
enum Question {
  QUALITY("quality", "Which looks better, whatever was asked for?"),
  FIDELITY("fidelity", "Which keeps more of what was not to change?"),
  PROMPT("prompt", "Which shows better what the text says?"),
  STRUCTURE_AND_MOTION("structureAndMotion", "Which keeps shape and motion of the source better?");

  private final String key;
  private final String words;

  Question(String key, String words) {
    this.key = key;
    this.words = words;
  }

  /** Its name in files. */
  String key() {
    return key;
  }

  /** As people are asked. */
  String words() {
    return words;
  }
}
