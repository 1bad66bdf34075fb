package org.answerprint.recipe;

/** What was found, in words for a person. */
final class Wording {

  private static final int LONGEST = 60;

  private Wording() {}

  static String of(Value value) {
    return switch (value) {
      case Value.Scalar(var kind, var text) -> switch (kind) {
        case TEXT -> quoted(text);
        case NUMBER -> "the number " + shortened(text);
        case FLAG -> "the flag " + text;
        case NOTHING -> "empty";
      };
      case Value.Sequence _ -> "a list";
      case Value.Mapping _ -> "a mapping";
    };
  }

  static String of(OptionValue value) {
    return switch (value) {
      case OptionValue.Text(var text) -> quoted(text);
      case OptionValue.Number(var number) -> "the number " + number.toPlainString();
      case OptionValue.Flag(var flag) -> "the flag " + flag;
    };
  }

  static String quoted(String text) {
    return "\"" + shortened(text) + "\"";
  }

  private static String shortened(String text) {
    String line = text.replaceAll("\\p{Cntrl}+", " ");
    return line.codePointCount(0, line.length()) <= LONGEST ? line
        : line.substring(0, line.offsetByCodePoints(0, LONGEST)) + "...";
  }
}
