package org.answerprint.recipe;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** The word that was probably meant. */
final class Nearest {

  private static final int LONGEST = 40;

  private Nearest() {}

  /** {@code " (did you mean prompt?)"}, or nothing where no word is near. */
  static String hint(String word, Collection<String> known) {
    if (word.length() > LONGEST) {
      return "";
    }
    int near = word.length() <= 3 ? 1 : 2;
    String plain = plain(word);
    return known.stream()
        .filter(each -> distance(plain, plain(each)) <= near)
        .min(Comparator.comparingInt((String each) -> distance(plain, plain(each))).thenComparing(each -> each))
        .map(each -> " (did you mean " + each + "?)")
        .orElse("");
  }

  private static String plain(String word) {
    return word.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
  }

  /** Edits, where swapping two neighbouring letters is one edit. */
  private static int distance(String left, String right) {
    int[][] table = new int[left.length() + 1][right.length() + 1];
    for (int i = 0; i <= left.length(); i++) {
      for (int j = 0; j <= right.length(); j++) {
        table[i][j] = cell(left, right, table, i, j);
      }
    }
    return table[left.length()][right.length()];
  }

  private static int cell(String left, String right, int[][] table, int i, int j) {
    if (i == 0 || j == 0) {
      return i + j;
    }
    int change = left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1;
    int best = Math.min(table[i - 1][j - 1] + change, 1 + Math.min(table[i - 1][j], table[i][j - 1]));
    boolean swapped = i > 1 && j > 1
        && left.charAt(i - 1) == right.charAt(j - 2) && left.charAt(i - 2) == right.charAt(j - 1);
    return swapped ? Math.min(best, table[i - 2][j - 2] + 1) : best;
  }
}
