package org.answerprint.media;

import java.util.Objects;

/**
 * Something a file says about itself or one of its tracks.
 *
 * @param name by FFmpeg's names, for example {@code title} or {@code creation_time}
 * @param value as it stands there
 */
public record Tag(String name, String value) {

  public Tag {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(value, "value");
  }
}
