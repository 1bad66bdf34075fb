package org.answerprint.stage;

import org.answerprint.media.ByteSource;
import org.answerprint.storage.ObjectStore;

/** One pinned version of an object as the bytes behind a film. Not thread-safe. */
public final class ObjectBytes implements ByteSource {

  private final ObjectStore store;
  private final String bucket;
  private final String key;
  private final String tag;
  private final long size;

  public ObjectBytes(ObjectStore store, String bucket, String key, String tag, long size) {
    this.store = store;
    this.bucket = bucket;
    this.key = key;
    this.tag = tag;
    this.size = size;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public int read(long position, byte[] into, int offset, int length) {
    if (position >= size) {
      return -1;
    }
    return store.read(bucket, key, tag, position, into, offset, (int) Math.min(length, size - position));
  }

  @Override
  public void close() {
    // the store outlives its readers
  }
}
