package org.answerprint.recipe;

/** Text that people typed and that is shown again in reports and logs. */
final class Texts {

  private Texts() {}

  static boolean printable(String text, int longest) {
    return !text.isBlank()
        && text.codePointCount(0, text.length()) <= longest
        && text.codePoints().allMatch(Texts::printable);
  }

  private static boolean printable(int character) {
    return character == '\n' || character == '\t'
        || !Character.isISOControl(character)
            && Character.getType(character) != Character.SURROGATE
            && (character & 0xFFFE) != 0xFFFE;
  }
}
