package org.answerprint.judges;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.answerprint.toybox.CameraMove;
import org.answerprint.toybox.Material;
import org.answerprint.toybox.Motion;
import org.answerprint.toybox.Pattern;
import org.answerprint.toybox.Place;
import org.answerprint.toybox.Shape;
import org.answerprint.toybox.ToyColour;

/**
 * Captions as numbers, word by word: 0 ends a text and fills what is left of its places, 1 is any word that no caption has, and the
 * words of the Toybox's captions follow in alphabetical order.
 */
final class CaptionWords {

  /** Places of a text: the longest caption has eleven words. */
  static final int PLACES = 16;
  static final int END = 0;

  private static final int UNKNOWN = 1;
  private static final List<String> WORDS = Stream.of(
          Stream.of("a", "on"), Arrays.stream(Pattern.values()).map(Pattern::words), Arrays.stream(ToyColour.values()).map(ToyColour::words),
          Arrays.stream(Material.values()).map(Material::words), Arrays.stream(Shape.values()).map(Shape::words),
          Arrays.stream(Motion.values()).map(Motion::words), Arrays.stream(Place.values()).map(Place::words),
          Arrays.stream(CameraMove.values()).map(CameraMove::words))
      .flatMap(words -> words).flatMap(words -> Arrays.stream(words.split(" "))).distinct().sorted().toList();

  private CaptionWords() {}

  /** How many numbers there are. */
  static int count() {
    return UNKNOWN + 1 + WORDS.size();
  }

  /** The text as {@value #PLACES} numbers; words beyond the last place but one are left out. */
  static long[] ids(String text) {
    long[] ids = new long[PLACES];
    Arrays.fill(ids, END);
    List<String> words = Arrays.stream(text.toLowerCase(Locale.ROOT).split("\\s+")).filter(word -> !word.isEmpty()).toList();
    for (int i = 0; i < Math.min(words.size(), PLACES - 1); i++) {
      int word = WORDS.indexOf(words.get(i));
      ids[i] = word < 0 ? UNKNOWN : UNKNOWN + 1 + word;
    }
    return ids;
  }
}
