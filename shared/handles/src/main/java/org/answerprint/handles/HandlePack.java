package org.answerprint.handles;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.answerprint.faults.InternalFault;
import org.answerprint.frames.RawFrame;

/**
 * A pack opened for reading. Only the index is held in memory; each frame is one range read, checked against its
 * checksum and unpacked. Closing closes the bytes behind it. Safe to share between threads where its
 * {@link ByteRange} is (files are).
 */
public final class HandlePack implements AutoCloseable {

  private static final int FIRST_READ = 16 * 1024;

  private final ByteRange bytes;
  private final PackIndex index;

  private HandlePack(ByteRange bytes, PackIndex index) {
    this.bytes = bytes;
    this.index = index;
  }

  /**
   * Writes a whole pack, taking the frames one at a time; see {@link HandleWriter}.
   *
   * @param head the first frames of the shot, in order
   * @param tail the last frames of the shot, in order; frames may stand in both groups
   */
  public static void write(Path path, HandleHeader header, Iterable<RawFrame> head, Iterable<RawFrame> tail) {
    try (HandleWriter writer = new HandleWriter(path, header)) {
      head.forEach(frame -> writer.put(HandleGroup.HEAD, frame));
      tail.forEach(frame -> writer.put(HandleGroup.TAIL, frame));
      writer.finish();
    }
  }

  /**
   * Opens a pack file.
   *
   * @throws org.answerprint.faults.TransientFault where the file cannot be read
   * @throws InternalFault where it is no pack of this version, or its index is damaged
   */
  public static HandlePack open(Path path) {
    FileRange file = new FileRange(path);
    try {
      return open(file);
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /**
   * Opens a pack through byte ranges, usually with one read; the pack owns {@code bytes} once it is open.
   *
   * @throws InternalFault where it is no pack of this version, or its index is damaged
   */
  public static HandlePack open(ByteRange bytes) {
    long size = bytes.size();
    if (size < PackLayout.PREFIX_BYTES + PackLayout.TRAILER_BYTES) {
      throw new InternalFault("a handle pack of " + size + " bytes is cut short: write it again");
    }
    int length = (int) Math.min(size, FIRST_READ);
    byte[] end = bytes.read(size - length, length);
    ByteBuffer trailer = ByteBuffer.wrap(end, length - PackLayout.TRAILER_BYTES, PackLayout.TRAILER_BYTES);
    long indexOffset = trailer.getLong();
    int indexLength = trailer.getInt();
    int checksum = trailer.getInt();
    checkTrailer(trailer, indexOffset, indexLength, size);
    long inEnd = indexOffset - (size - length);
    byte[] index = inEnd >= 0
        ? Arrays.copyOfRange(end, (int) inEnd, (int) inEnd + indexLength)
        : bytes.read(indexOffset, indexLength);
    if (PackLayout.crc(index, 0, indexLength) != checksum) {
      throw new InternalFault("the index of a handle pack is damaged, its checksum differs: write it again");
    }
    return new HandlePack(bytes, parse(index, indexOffset));
  }

  /** What all frames have in common. */
  public HandleHeader header() {
    return index.header();
  }

  /** The frames of one group, in order of time. */
  public List<HandleEntry> entries(HandleGroup group) {
    return index.entries().stream().filter(entry -> entry.group() == group).toList();
  }

  /**
   * Reads one frame; the caller owns it.
   *
   * @throws InternalFault where its bytes are not those that were written
   */
  public RawFrame frame(HandleEntry entry) {
    byte[] packed = bytes.read(entry.offset(), entry.length());
    if (PackLayout.crc(packed, 0, packed.length) != entry.checksum()) {
      throw damaged(entry, "its checksum differs", null);
    }
    HandleHeader header = header();
    byte[] filtered = unpack(entry, packed);
    byte[] data = new byte[filtered.length];
    FrameFilter.undo(header, filtered, data);
    return new RawFrame(header.format(), header.width(), header.height(), entry.pts(), entry.duration(), data);
  }

  /** Reads all frames of one group, in order of time; the caller owns them. */
  public List<RawFrame> frames(HandleGroup group) {
    return entries(group).stream().map(this::frame).toList();
  }

  @Override
  public void close() {
    bytes.close();
  }

  private byte[] unpack(HandleEntry entry, byte[] packed) {
    byte[] filtered = new byte[header().frameBytes()];
    try {
      long length = Zstd.decompressByteArray(filtered, 0, filtered.length, packed, 0, packed.length);
      if (length != filtered.length) {
        throw damaged(entry, "it holds " + length + " bytes instead of " + filtered.length, null);
      }
    } catch (ZstdException e) {
      throw damaged(entry, e.getMessage(), e);
    }
    return filtered;
  }

  private InternalFault damaged(HandleEntry entry, String how, Exception cause) {
    int number = entries(entry.group()).indexOf(entry) + 1;
    return new InternalFault("%s frame %d (pts %d) of a handle pack is damaged, %s: write the pack again"
        .formatted(entry.group(), number, entry.pts(), how), cause);
  }

  private static void checkTrailer(ByteBuffer rest, long indexOffset, int indexLength, long size) {
    int version = rest.getInt();
    byte[] magic = new byte[PackLayout.MAGIC.length];
    rest.get(magic);
    if (!Arrays.equals(magic, PackLayout.MAGIC)) {
      throw new InternalFault("these " + size + " bytes do not end like a handle pack: write it again");
    }
    if (version != PackLayout.VERSION) {
      throw new InternalFault("a handle pack has version " + version + ", this build reads version "
          + PackLayout.VERSION + ": write it again");
    }
    if (indexLength < 0 || indexOffset < PackLayout.PREFIX_BYTES
        || indexOffset != size - PackLayout.TRAILER_BYTES - indexLength) {
      throw new InternalFault(
          "the trailer of a handle pack is damaged, its index does not lie where it says: write it again");
    }
  }

  private static PackIndex parse(byte[] bytes, long framesEnd) {
    try {
      PackIndex index = PackIndex.parse(bytes);
      for (HandleEntry entry : index.entries()) {
        if (entry.length() < 0 || entry.offset() < PackLayout.PREFIX_BYTES
            || entry.offset() > framesEnd - entry.length()) {
          throw new IllegalArgumentException("a frame lies outside the pack");
        }
      }
      return index;
    } catch (IOException | IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      throw new InternalFault("the index of a handle pack makes no sense (" + e.getMessage() + "): write it again", e);
    }
  }
}
