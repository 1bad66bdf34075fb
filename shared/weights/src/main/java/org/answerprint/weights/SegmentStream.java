package org.answerprint.weights;

import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;

/** Memory as a stream, so that a parser holds a small part of it at a time. */
final class SegmentStream extends InputStream {

  private final MemorySegment memory;
  private long position;

  SegmentStream(MemorySegment memory) {
    this.memory = memory;
  }

  @Override
  public int read() {
    return position == memory.byteSize() ? -1 : Byte.toUnsignedInt(memory.get(ValueLayout.JAVA_BYTE, position++));
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, target.length);
    int count = (int) Math.min(length, memory.byteSize() - position);
    if (count == 0 && length > 0) {
      return -1;
    }
    MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, position, target, offset, count);
    position += count;
    return count;
  }
}
