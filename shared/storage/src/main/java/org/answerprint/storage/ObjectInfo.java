package org.answerprint.storage;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What the store says about one object.
 *
 * @param key plain, not encoded
 * @param size in bytes
 * @param tag the ETag without quotes; changes whenever the bytes change
 * @param version the version's id, where the bucket keeps versions and the call tells it
 * @param modified when it was written, by the store's clock
 */
public record ObjectInfo(String key, long size, String tag, Optional<String> version, Instant modified) {

  public ObjectInfo {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(tag, "tag");
    Objects.requireNonNull(version, "version");
    Objects.requireNonNull(modified, "modified");
  }
}
