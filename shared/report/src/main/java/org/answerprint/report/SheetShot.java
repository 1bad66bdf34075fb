package org.answerprint.report;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One shot as a contact sheet shows it.
 *
 * @param number from 1
 * @param start where it starts, for people, such as {@code 0:07.250}
 * @param captions what happened, then a few more lines such as the prompt; long ones are wrapped and cut
 * @param alert whether something went wrong, so that the number and the first caption stand out
 * @param before gives the JPEG file of its picture in the source, the same each time; asked only where the shot is shown
 * @param after gives the JPEG file of the same picture edited
 */
public record SheetShot(
    int number,
    String start,
    List<String> captions,
    boolean alert,
    Supplier<Optional<byte[]>> before,
    Supplier<Optional<byte[]>> after) {

  public SheetShot {
    Objects.requireNonNull(start, "start");
    captions = List.copyOf(captions);
    Objects.requireNonNull(before, "before");
    Objects.requireNonNull(after, "after");
  }
}
