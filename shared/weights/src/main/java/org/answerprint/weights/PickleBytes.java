package org.answerprint.weights;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The numbers and words of a pickle, one after another; reading past the end is an {@link Unpickler.Wrong}. */
final class PickleBytes {

  private static final int LONGEST_TEXT = 1 << 20;

  private final MemorySegment bytes;
  private long position;

  PickleBytes(MemorySegment bytes) {
    this.bytes = bytes;
  }

  long position() {
    return position;
  }

  int unsigned() throws Unpickler.Wrong {
    return Byte.toUnsignedInt(bytes.get(ValueLayout.JAVA_BYTE, advance(1)));
  }

  int unsigned16() throws Unpickler.Wrong {
    return unsigned() | unsigned() << 8;
  }

  int signed32() throws Unpickler.Wrong {
    return bytes.get(ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN), advance(Integer.BYTES));
  }

  long unsigned32() throws Unpickler.Wrong {
    return Integer.toUnsignedLong(signed32());
  }

  long signed64() throws Unpickler.Wrong {
    return bytes.get(ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN), advance(Long.BYTES));
  }

  /** Big-endian, unlike everything else in a pickle. */
  double fraction() throws Unpickler.Wrong {
    return bytes.get(ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN), advance(Double.BYTES));
  }

  /** A whole number of as many bytes as are given, two's complement. */
  long whole(int length) throws Unpickler.Wrong {
    if (length > Long.BYTES) {
      throw new Unpickler.Wrong("a number is %d bytes long".formatted(length));
    }
    long value = 0;
    int shift = 0;
    for (; shift < length * Byte.SIZE; shift += Byte.SIZE) {
      value |= (long) unsigned() << shift;
    }
    int unused = Long.SIZE - shift;
    return length == 0 ? 0 : value << unused >> unused;
  }

  String text(long length) throws Unpickler.Wrong {
    if (length < 0 || length > LONGEST_TEXT) {
      throw new Unpickler.Wrong("a text is %s bytes long".formatted(Long.toUnsignedString(length)));
    }
    MemorySegment text = bytes.asSlice(advance(length), length);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(text.asByteBuffer()).toString();
    } catch (CharacterCodingException e) {
      throw new Unpickler.Wrong("a text is not UTF-8");
    }
  }

  /** Up to the end of the line, which is passed over. */
  String line() throws Unpickler.Wrong {
    long begin = position;
    while (unsigned() != '\n') {
      if (position - begin > LONGEST_TEXT) {
        throw new Unpickler.Wrong("a line does not end");
      }
    }
    long end = position;
    position = begin;
    String line = text(end - begin - 1);
    position = end;
    return line;
  }

  private long advance(long length) throws Unpickler.Wrong {
    if (length > bytes.byteSize() - position) {
      throw new Unpickler.Wrong("it ends too early");
    }
    long before = position;
    position += length;
    return before;
  }
}
