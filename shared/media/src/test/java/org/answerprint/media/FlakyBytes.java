package org.answerprint.media;

import org.answerprint.faults.Fault;

/** A source that fails from its n-th read on. */
public record FlakyBytes(ByteSource source, int[] left, Fault fault) implements ByteSource {

  public FlakyBytes(ByteSource source, int reads, Fault fault) {
    this(source, new int[] {reads}, fault);
  }

  @Override
  public long size() {
    return source.size();
  }

  @Override
  public int read(long position, byte[] into, int offset, int length) {
    if (left[0]-- <= 0) {
      throw fault;
    }
    return source.read(position, into, offset, Math.min(length, 2048));
  }

  @Override
  public void close() {
    source.close();
  }
}
