package org.answerprint.training;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.answerprint.toybox.Attributes;
import org.answerprint.toybox.CameraMove;

/** What is said of a picture while a network learns to draw it. */
final class Captions {

  private static final double NOTHING = 0.1;
  private static final double OF_THE_CLIP = 0.15;
  private static final double IN_PART = 0.3;
  private static final double LEFT_OUT = 0.3;

  private Captions() {}

  /**
   * Mostly all that a picture shows; one in ten says nothing, for guidance, some tell of the clip's motion too, and some leave
   * words out, as people do.
   */
  static String of(Attributes shown, SplittableRandom random) {
    double kind = random.nextDouble();
    if (kind < NOTHING) {
      return "";
    }
    if (kind < NOTHING + OF_THE_CLIP) {
      return shown.caption();
    }
    return kind < NOTHING + OF_THE_CLIP + IN_PART ? inPart(shown, random) : shown.stillCaption();
  }

  private static String inPart(Attributes shown, SplittableRandom random) {
    String object = Stream.of(shown.pattern().words(), shown.colour().words(), shown.material().words())
        .filter(_ -> random.nextDouble() >= LEFT_OUT).collect(Collectors.joining(" "));
    String place = random.nextDouble() < LEFT_OUT ? "" : " on " + shown.place().words();
    return "a " + (object.isEmpty() ? "" : object + " ") + shown.shape().words() + place;
  }

  /** Every word of every caption, in order. */
  static List<String> words() {
    Stream<String> moves = Stream.of(CameraMove.values()).map(CameraMove::words);
    return Stream.concat(Attributes.all().map(Attributes::caption), moves)
        .flatMap(caption -> Stream.of(caption.split(" "))).distinct().sorted().toList();
  }
}
