package org.answerprint.storage;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Buckets of objects with the guarantees of S3: read-after-write and list-after-write are strong, and a write on a
 * condition has exactly one winner. Thread-safe.
 *
 * <p>Every method may throw {@link org.answerprint.faults.TransientFault} where the store cannot be reached after its
 * own retries, and {@link org.answerprint.faults.RequestFault} where a bucket does not exist or refuses the credentials.
 */
public interface ObjectStore extends AutoCloseable {

  /** What is known of an object, or empty where there is none. */
  Optional<ObjectInfo> head(String bucket, String key);

  /**
   * A small object whole, or empty where there is none.
   *
   * @throws org.answerprint.faults.RequestFault where it holds more than {@code limit} bytes
   */
  Optional<byte[]> get(String bucket, String key, int limit);

  /**
   * Bytes from a position of one pinned version of an object.
   *
   * @param tag the ETag that the object must still have
   * @return how many bytes were read, or -1 at the end
   * @throws org.answerprint.faults.RequestFault where the object is gone or was replaced since
   */
  int read(String bucket, String key, String tag, long position, byte[] into, int offset, int length);

  /** Copies an object to a file; false where there is none. The file is whole or not there. */
  boolean download(String bucket, String key, Path file);

  /**
   * Writes an object where there is none.
   *
   * @return true where this call wrote it, false where it was there already
   */
  boolean putIfAbsent(String bucket, String key, byte[] bytes, String contentType);

  /** As {@link #putIfAbsent(String, String, byte[], String)}, streaming a file of any size. */
  boolean putIfAbsent(String bucket, String key, Path file, String contentType);

  /**
   * Replaces an object on the condition that it is still the one that was read.
   *
   * @param expectedTag the tag it had, or empty where there was none
   * @return false where somebody else was faster
   */
  boolean replace(String bucket, String key, Optional<String> expectedTag, byte[] bytes, String contentType);

  /** Writes an object whatever was there: only for words that nothing depends on, such as progress. */
  void put(String bucket, String key, byte[] bytes, String contentType);

  /** Every object whose key starts with the prefix, in key order, page by page. */
  void list(String bucket, String prefix, Consumer<ObjectInfo> each);

  /** Removes an object; no complaint where there is none. */
  void delete(String bucket, String key);

  @Override
  void close();
}
