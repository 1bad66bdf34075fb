package org.answerprint.uploads;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * What somebody wants to upload.
 *
 * @param key that it is to have
 * @param bytes that it has, all of them
 * @param replace whether it may take the place of what has this key
 * @param lifetime of the signature, where it is to be shorter than the rules have it
 */
public record UploadWish(String key, long bytes, boolean replace, Optional<Duration> lifetime) {

  public UploadWish {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(lifetime, "lifetime");
  }
}
