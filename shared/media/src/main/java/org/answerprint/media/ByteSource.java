package org.answerprint.media;

/**
 * Bytes that can be read at any position: a file, an object in a bucket. Not thread-safe. What {@link #read} throws
 * reaches the caller of the media operation that needed the bytes, as it is.
 */
public interface ByteSource extends AutoCloseable {

  /** Length in bytes, fixed for the life of the source. */
  long size();

  /**
   * Reads at least one byte, at most {@code length}.
   *
   * @param position from 0
   * @return how many bytes were read, or -1 at or behind the end
   * @throws org.answerprint.faults.Fault where the bytes cannot be had
   */
  int read(long position, byte[] into, int offset, int length);

  @Override
  void close();
}
