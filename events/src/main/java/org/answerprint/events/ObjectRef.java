package org.answerprint.events;

/**
 * Where an object lies, whichever version of it.
 *
 * @param bucket the bucket's name, at least 3 characters
 * @param key the plain key, not encoded in any way
 */
public record ObjectRef(String bucket, String key) {

  private static final int SHORTEST_BUCKET = 3;

  public ObjectRef {
    Checks.text(bucket, "the bucket");
    if (bucket.length() < SHORTEST_BUCKET) {
      throw new IllegalArgumentException("the bucket is \"" + bucket + "\"; a name has at least 3 characters");
    }
    if (Checks.present(key, "the object key").isEmpty()) {
      throw new IllegalArgumentException("the object key is empty; it must name an object");
    }
  }

  /** As people write it: {@code s3://bucket/key}. */
  @Override
  public String toString() {
    return "s3://" + bucket + "/" + key;
  }
}
