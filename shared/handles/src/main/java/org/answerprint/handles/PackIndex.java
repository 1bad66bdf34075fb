package org.answerprint.handles;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.answerprint.frames.Colour;
import org.answerprint.frames.PixelFormat;
import org.answerprint.frames.TimeBase;

/**
 * The index as it stands in a pack after its frames: the header, then one record per frame, big endian, names as
 * modified UTF-8.
 */
record PackIndex(HandleHeader header, List<HandleEntry> entries) {

  private static final int ENTRY_BYTES = 1 + 8 + 8 + 8 + 4 + 4;

  PackIndex {
    entries = List.copyOf(entries);
  }

  byte[] bytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      writeHeader(out);
      out.writeInt(entries.size());
      for (HandleEntry entry : entries) {
        out.writeByte(entry.group().ordinal());
        out.writeLong(entry.pts());
        out.writeLong(entry.duration());
        out.writeLong(entry.offset());
        out.writeInt(entry.length());
        out.writeInt(entry.checksum());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private void writeHeader(DataOutputStream out) throws IOException {
    out.writeUTF(header.format().ffmpegName());
    out.writeInt(header.width());
    out.writeInt(header.height());
    out.writeInt(header.timeBase().num());
    out.writeInt(header.timeBase().den());
    Colour colour = header.colour();
    out.writeUTF(colour.matrix());
    out.writeUTF(colour.primaries());
    out.writeUTF(colour.transfer());
    out.writeBoolean(colour.fullRange());
  }

  /** Throws IOException or IllegalArgumentException where the bytes are no index. */
  static PackIndex parse(byte[] bytes) throws IOException {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      HandleHeader header = readHeader(in);
      int count = in.readInt();
      if (count < 0 || in.available() != (long) count * ENTRY_BYTES) {
        throw new IllegalArgumentException("the index does not end with its " + count + " entries");
      }
      List<HandleEntry> entries = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        HandleGroup group = HandleGroup.values()[in.readUnsignedByte()];
        entries.add(new HandleEntry(group, in.readLong(), in.readLong(), in.readLong(), in.readInt(), in.readInt()));
      }
      return new PackIndex(header, entries);
    }
  }

  private static HandleHeader readHeader(DataInputStream in) throws IOException {
    PixelFormat format = format(in.readUTF());
    int width = in.readInt();
    int height = in.readInt();
    TimeBase timeBase = new TimeBase(in.readInt(), in.readInt());
    Colour colour = new Colour(in.readUTF(), in.readUTF(), in.readUTF(), in.readBoolean());
    return new HandleHeader(format, width, height, timeBase, colour);
  }

  private static PixelFormat format(String name) {
    for (PixelFormat format : PixelFormat.values()) {
      if (format.ffmpegName().equals(name)) {
        return format;
      }
    }
    throw new IllegalArgumentException("an unknown pixel format, " + name);
  }
}
