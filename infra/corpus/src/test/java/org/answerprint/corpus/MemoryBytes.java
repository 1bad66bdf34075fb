package org.answerprint.corpus;

import org.answerprint.media.ByteSource;

/** The bytes of a specimen. */
record MemoryBytes(byte[] bytes) implements ByteSource {

  @Override
  public long size() {
    return bytes.length;
  }

  @Override
  public int read(long position, byte[] into, int offset, int length) {
    if (position >= bytes.length) {
      return -1;
    }
    int count = (int) Math.min(length, bytes.length - position);
    System.arraycopy(bytes, (int) position, into, offset, count);
    return count;
  }

  @Override
  public void close() {
    // nothing is held
  }
}
