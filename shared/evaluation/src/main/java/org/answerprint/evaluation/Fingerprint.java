package org.answerprint.evaluation;

/** Tells values apart in the names of files: eight hexadecimal digits, the same for equal records on every machine. */
final class Fingerprint {

  private Fingerprint() {}

  /** Of values whose words are their content: records of numbers, texts and enums. */
  static String of(Object... values) {
    StringBuilder words = new StringBuilder();
    for (Object value : values) {
      words.append(value).append('\n');
    }
    return "%08x".formatted(words.toString().hashCode());
  }
}
