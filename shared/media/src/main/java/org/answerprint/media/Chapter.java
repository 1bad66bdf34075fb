package org.answerprint.media;

import java.util.Objects;

/**
 * A named stretch of a film.
 *
 * @param startMicros on the film's own clock
 * @param endMicros on the film's own clock
 * @param title or empty
 */
public record Chapter(long startMicros, long endMicros, String title) {

  public Chapter {
    Objects.requireNonNull(title, "title");
  }
}
