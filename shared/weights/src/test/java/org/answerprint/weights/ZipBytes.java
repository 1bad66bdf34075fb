package org.answerprint.weights;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/** Zip archives of stored files, made byte by byte, with or without the wide numbers of zip64. */
final class ZipBytes {

  private final boolean wide;
  private final ByteArrayOutputStream files = new ByteArrayOutputStream();
  private final ByteArrayOutputStream directory = new ByteArrayOutputStream();
  private final List<Integer> places = new ArrayList<>();

  ZipBytes(boolean wide) {
    this.wide = wide;
  }

  /** Data begins at a multiple of 64 bytes, as PyTorch has it, padded by an extra field. */
  ZipBytes file(String name, byte[] data) {
    return file(name, data, 0, data.length);
  }

  ZipBytes file(String name, byte[] data, int method, long said) {
    byte[] text = name.getBytes(StandardCharsets.UTF_8);
    int place = files.size();
    int padding = Math.floorMod(-(place + 30 + text.length + 4), 64);
    CRC32 crc = new CRC32();
    crc.update(data);
    files.writeBytes(buffer(30).putInt(0x04034b50).putShort((short) 20).putShort((short) 0x800)
        .putShort((short) method).putInt(0).putInt((int) crc.getValue()).putInt(data.length).putInt(data.length)
        .putShort((short) text.length).putShort((short) (4 + padding)).array());
    files.writeBytes(text);
    files.writeBytes(buffer(4 + padding).putShort((short) 0x4246).putShort((short) padding).array());
    files.writeBytes(data);
    places.add(place);
    directory.writeBytes(buffer(46).putInt(0x02014b50).putShort((short) 20).putShort((short) 20)
        .putShort((short) 0x800).putShort((short) method).putInt(0).putInt((int) crc.getValue())
        .putInt(wide ? -1 : (int) said).putInt(wide ? -1 : (int) said).putShort((short) text.length)
        .putShort((short) (wide ? 28 : 0)).putShort((short) 0).putShort((short) 0).putShort((short) 0).putInt(0)
        .putInt(wide ? -1 : place).array());
    directory.writeBytes(text);
    if (wide) {
      directory.writeBytes(buffer(28).putShort((short) 1).putShort((short) 24).putLong(said).putLong(said)
          .putLong(place).array());
    }
    return this;
  }

  byte[] end() {
    return end(places.size());
  }

  byte[] end(long count) {
    int offset = files.size();
    int bytes = directory.size();
    files.writeBytes(directory.toByteArray());
    if (wide) {
      files.writeBytes(buffer(56).putInt(0x06064b50).putLong(44).putShort((short) 45).putShort((short) 45).putInt(0)
          .putInt(0).putLong(count).putLong(count).putLong(bytes).putLong(offset).array());
      files.writeBytes(buffer(20).putInt(0x07064b50).putInt(0).putLong(offset + bytes).putInt(1).array());
    }
    files.writeBytes(buffer(22).putInt(0x06054b50).putShort((short) 0).putShort((short) 0)
        .putShort((short) (wide ? -1 : count)).putShort((short) (wide ? -1 : count)).putInt(wide ? -1 : bytes)
        .putInt(wide ? -1 : offset).putShort((short) 0).array());
    return files.toByteArray();
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
