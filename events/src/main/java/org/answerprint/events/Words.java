package org.answerprint.events;

import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Enum constants by the word they travel as. */
final class Words {

  private Words() {}

  static <E extends Enum<E>> E find(E[] all, Function<E, String> word, String wanted, String name) {
    return Arrays.stream(all)
        .filter(each -> word.apply(each).equals(wanted))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(
            name + " is \"" + wanted + "\"; allowed: "
                + Arrays.stream(all).map(word).collect(Collectors.joining(", "))));
  }
}
