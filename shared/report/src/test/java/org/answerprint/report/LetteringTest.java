package org.answerprint.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

class LetteringTest {

  private static final Lettering LETTERS = new Lettering(14, 1.6);

  @Test
  void drawsEveryPrintableCharacterOfAsciiDifferently() {
    var pictures = new HashSet<String>();
    for (int character = '!'; character <= '~'; character++) {
      pictures.add(drawn(Character.toString(character)));
    }
    assertThat(pictures).hasSize('~' - '!' + 1).doesNotContain(drawn("\u6f22"), drawn(" "));
  }

  @Test
  void leavesAccentsOffAndSpellsOutWhatHasSimpleLetters() {
    assertThat(drawn("Übergröße, “naïve” – Łódź…")).isEqualTo(drawn("Ubergrosse, \"naive\" - Lodz..."));
  }

  @Test
  void showsABoxForWhatItCannotDraw() {
    assertThat(drawn("漢")).isEqualTo(drawn("😀")).isNotEqualTo(drawn(""));
  }

  @Test
  void takesLineBreaksForSpaces() {
    assertThat(drawn("a\nb")).isEqualTo(drawn("a b"));
  }

  @Test
  void cutsWhatDoesNotFit() {
    String text = "a prompt that goes on";
    assertThat(LETTERS.fitted(text, LETTERS.width(text))).isEqualTo(text);
    String cut = LETTERS.fitted(text, LETTERS.width(text) - 1);
    assertThat(cut).endsWith("...").startsWith("a prompt that");
    assertThat(LETTERS.width(cut)).isLessThan(LETTERS.width(text));
  }

  @Test
  void breaksBetweenWords() {
    int width = LETTERS.width("one two");
    assertThat(LETTERS.wrapped("one two six ten", width, 2)).containsExactly("one two", "six ten");
    assertThat(LETTERS.wrapped("one two six ten and more", width, 2)).hasSize(2).last().asString().endsWith("...");
    assertThat(LETTERS.wrapped("unbreakablyLongWord one", width, 2)).first().asString().endsWith("...");
    assertThat(LETTERS.wrapped("  ", width, 2)).isEmpty();
  }

  @Test
  void leavesOffWhatReachesOverTheEdge() {
    var canvas = new Canvas(20, 10, 0);
    LETTERS.draw(canvas, "WWWW", -5, -5, 0xFFFFFF);
    assertThat(Arrays.stream(canvas.pixels()).filter(pixel -> pixel != 0).count()).isPositive();
  }

  private static String drawn(String text) {
    var canvas = new Canvas(400, 30, 0);
    LETTERS.draw(canvas, text, 4, 4, 0xFFFFFF);
    return Arrays.toString(canvas.pixels());
  }
}
