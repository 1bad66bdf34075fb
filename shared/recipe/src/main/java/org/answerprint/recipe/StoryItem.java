package org.answerprint.recipe;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * One video or still image of a story.
 *
 * @param key the plain key of the object in the in bucket, at most 1024 bytes in UTF-8
 * @param length how much of it is used, from its start, more than 0 and at most 24 h; the whole clip where empty
 * @param changes what is done differently to it; its transition is the join to the next item
 */
public record StoryItem(String key, Optional<Duration> length, Changes changes) {

  public StoryItem {
    Limits.require(!key.isBlank() && key.getBytes(StandardCharsets.UTF_8).length <= Limits.KEY_BYTES_MAX,
        "the key", "\"" + key + "\"", "1 to 1024 bytes");
    length.ifPresent(time -> Limits.require(time.isPositive() && time.compareTo(Limits.TIME_MAX) <= 0,
        "the length", time, "more than 0, up to 24h"));
    Objects.requireNonNull(changes, "changes");
  }
}
