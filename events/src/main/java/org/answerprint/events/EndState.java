package org.answerprint.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How a job can end. */
public enum EndState {
  /** The film is in the out bucket. */
  FINAL,
  /** It could not be finished, and the reason says why. */
  FAILED,
  /** Somebody stopped it. */
  CANCELLED,
  /** The upload or its recipe was turned away before any work. */
  REJECTED;

  /** The word used in JSON and in messages: the name in lower case. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The state of this word; throws {@link IllegalArgumentException} where there is none. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static EndState of(String word) {
    return Words.find(values(), EndState::word, word, "the state");
  }

  boolean needsReason() {
    return this == FAILED || this == REJECTED;
  }
}
