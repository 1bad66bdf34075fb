package org.answerprint.handles;

/** Bytes of known length that can be read in any place, such as a file or an object in a bucket. */
public interface ByteRange extends AutoCloseable {

  /** How many bytes there are. */
  long size();

  /**
   * Reads exactly {@code length} bytes from {@code offset}.
   *
   * @throws org.answerprint.faults.TransientFault where they cannot be had now
   */
  byte[] read(long offset, int length);

  /** Lets go of what lies behind; does nothing by default. */
  @Override
  default void close() {}
}
