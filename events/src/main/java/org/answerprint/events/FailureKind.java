package org.answerprint.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Who has to act on a failed attempt. */
public enum FailureKind {
  /** The request is wrong: trying again gives the same. */
  REQUEST,
  /** The world is briefly unwell: worth another attempt. */
  TRANSIENT,
  /** We are wrong. */
  INTERNAL;

  /** The word used in JSON and in messages: the name in lower case. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The kind of this word; throws {@link IllegalArgumentException} where there is none. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static FailureKind of(String word) {
    return Words.find(values(), FailureKind::word, word, "the kind of failure");
  }
}
