package org.answerprint.queue;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What the queue itself writes on a copy: which attempt it is, and when it is due. */
final class OwnHeaders {

  private static final String ATTEMPT = Item.OWN_PREFIX + "attempt";
  private static final String NOT_BEFORE = Item.OWN_PREFIX + "not-before";

  private OwnHeaders() {}

  static void put(Map<String, String> headers, int attempt, Instant notBefore) {
    headers.put(ATTEMPT, Integer.toString(attempt));
    headers.put(NOT_BEFORE, Long.toString(notBefore.toEpochMilli()));
  }

  static void removeNotBefore(Map<String, String> headers) {
    headers.remove(NOT_BEFORE);
  }

  /** The attempt, 1 where none is given or it is no number. */
  static int attempt(Map<String, String> headers) {
    String text = headers.getOrDefault(ATTEMPT, "1");
    return text.matches("[1-9][0-9]{0,8}") ? Integer.parseInt(text) : 1;
  }

  /** When it is due, long ago where that is not said. */
  static Instant notBefore(Map<String, String> headers) {
    return Optional.ofNullable(headers.get(NOT_BEFORE))
        .filter(text -> text.matches("[0-9]{1,15}"))
        .map(text -> Instant.ofEpochMilli(Long.parseLong(text)))
        .orElse(Instant.EPOCH);
  }
}
