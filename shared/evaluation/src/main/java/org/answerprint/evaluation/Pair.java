package org.answerprint.evaluation;

/**
 * Two edits of one clip, side by side. Which is which stays in the key of a study, with whoever evaluates.
 *
 * @param number from 1
 * @param edit its name
 * @param left the variant on the left
 * @param right the variant on the right
 */
record Pair(int number, String edit, String left, String right) {

  /** That of the two that is held against the headline variant. */
  String rival() {
    return left.equals(Variant.HEADLINE) ? right : left;
  }
}
