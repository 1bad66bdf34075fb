package org.answerprint.events;

import java.util.Optional;

/**
 * An object was written to a bucket: the one thing a storage notification is read for, in either of its shapes.
 *
 * @param object where it lies; the key is plain
 * @param eTag the entity tag without quotes; of a multipart upload it is no MD5
 * @param versionId the version, where the bucket keeps versions
 * @param size bytes, 0 or more
 * @param sequencer opaque order of changes to this one key; nothing here depends on it
 */
public record ObjectLanded(
    ObjectRef object, Optional<String> eTag, Optional<String> versionId, long size, Optional<String> sequencer) {

  public ObjectLanded {
    Checks.present(object, "the object");
    Checks.present(eTag, "the eTag");
    Checks.present(versionId, "the version id");
    Checks.present(sequencer, "the sequencer");
    if (eTag.isEmpty() && versionId.isEmpty()) {
      throw new IllegalArgumentException(
          "neither an eTag nor a version id says which version of " + object + " landed");
    }
    new ObjectVersion(object.bucket(), object.key(), versionId.or(() -> eTag).orElseThrow(), size);
  }

  /** The version that landed: its version id, or its eTag where the bucket keeps no versions. */
  public ObjectVersion version() {
    return new ObjectVersion(object.bucket(), object.key(), versionId.or(() -> eTag).orElseThrow(), size);
  }
}
