package org.answerprint.handles;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The fixed parts of a pack. A file is: 8 bytes magic, 4 bytes version; the packed frames one after another; the index;
 * and a trailer of 8 bytes index offset, 4 bytes index length, 4 bytes CRC-32C of the index, 4 bytes version, 8 bytes
 * magic. All big endian.
 */
final class PackLayout {

  static final byte[] MAGIC = {'A', 'P', 'H', 'A', 'N', 'D', 'L', 'E'};
  static final int VERSION = 1;
  static final int PREFIX_BYTES = MAGIC.length + 4;
  static final int TRAILER_BYTES = 8 + 4 + 4 + 4 + MAGIC.length;

  private PackLayout() {}

  static byte[] prefix() {
    return ByteBuffer.allocate(PREFIX_BYTES).put(MAGIC).putInt(VERSION).array();
  }

  static byte[] trailer(long indexOffset, byte[] index) {
    return ByteBuffer.allocate(TRAILER_BYTES)
        .putLong(indexOffset).putInt(index.length).putInt(crc(index, 0, index.length)).putInt(VERSION).put(MAGIC)
        .array();
  }

  static int crc(byte[] bytes, int offset, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, offset, length);
    return (int) crc.getValue();
  }
}
