package org.answerprint.events;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * One version of one object, as it lay in the bucket when it was seen.
 *
 * @param bucket the bucket's name
 * @param key the plain key
 * @param version the version id, or the eTag without quotes where the bucket keeps no versions
 * @param size bytes, 0 or more
 */
public record ObjectVersion(String bucket, String key, String version, @JsonProperty(required = true) long size) {

  public ObjectVersion {
    new ObjectRef(bucket, key);
    Checks.text(version, "the object version");
    if (size < 0) {
      throw new IllegalArgumentException("the object size is " + size + "; it must be at least 0 bytes");
    }
  }

  /** Where the object lies. */
  public ObjectRef ref() {
    return new ObjectRef(bucket, key);
  }
}
