package org.answerprint.weights;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.answerprint.faults.RequestFault;

/** Where a zip archive holds its files, as its central directory says; zip64 included. */
final class ZipIndex {

  private static final int END = 0x06054b50;
  private static final int END_BYTES = 22;
  private static final int END_64 = 0x06064b50;
  private static final int END_64_BYTES = 56;
  private static final int LOCATOR_64 = 0x07064b50;
  private static final int LOCATOR_64_BYTES = 20;
  private static final int CENTRAL = 0x02014b50;
  private static final int CENTRAL_BYTES = 46;
  private static final int LOCAL = 0x04034b50;
  private static final int LOCAL_BYTES = 30;
  private static final int EXTRA_64 = 1;
  private static final int STORED = 0;
  private static final int ENCRYPTED = 1;
  private static final long IN_EXTRA = 0xffffffffL;
  private static final int LONGEST_COMMENT = 0xffff;
  private static final int MOST_FILES = 400_000;
  private static final long LONGEST_DIRECTORY = 128L << 20;

  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final MappedFile file;
  private final MemorySegment zip;
  private final SequencedMap<String, Place> places = new LinkedHashMap<>();

  private ZipIndex(MappedFile file) {
    this.file = file;
    this.zip = file.bytes();
  }

  private record Place(int method, int flags, long header, long packed, long bytes) {}

  private record Directory(long offset, long bytes, long files) {}

  /** Whether a file begins as zip archives do. */
  static boolean recognises(MappedFile file) {
    return file.size() >= Integer.BYTES && file.bytes().get(INT, 0) == LOCAL;
  }

  /** @throws RequestFault where the directory is not as the format has it */
  static ZipIndex read(MappedFile file) {
    ZipIndex index = new ZipIndex(file);
    try {
      index.readDirectory(index.directory());
    } catch (IndexOutOfBoundsException e) {
      throw file.fault("is a damaged zip archive, cut short within its directory; fetch it again");
    }
    return index;
  }

  /** The names of its files, in their order. */
  SequencedSet<String> names() {
    return places.sequencedKeySet();
  }

  /**
   * The bytes of a file.
   *
   * @throws RequestFault where it is compressed, encrypted, or not where the directory says
   */
  Optional<MemorySegment> find(String name) {
    return Optional.ofNullable(places.get(name)).map(place -> bytes(name, place));
  }

  private MemorySegment bytes(String name, Place place) {
    if (place.method != STORED || (place.flags & ENCRYPTED) != 0 || place.packed != place.bytes) {
      throw file.fault("holds %s compressed or encrypted, which PyTorch never does; save it again with torch.save",
          Quoted.name(name));
    }
    try {
      if (zip.get(INT, place.header) == LOCAL) {
        int length = unsigned(place.header + 26);
        String local = text(place.header + LOCAL_BYTES, length);
        long begin = place.header + LOCAL_BYTES + length + unsigned(place.header + 28);
        if (local.equals(name)) {
          return zip.asSlice(begin, place.bytes);
        }
      }
    } catch (IndexOutOfBoundsException e) {
      throw file.fault("is a damaged zip archive, cut short within %s; fetch it again", Quoted.name(name));
    }
    throw file.fault("is a damaged zip archive: %s is not where its directory says; fetch it again",
        Quoted.name(name));
  }

  private Directory directory() {
    long end = end();
    Directory directory = new Directory(unsigned32(end + 16), unsigned32(end + 12), unsigned(end + 10));
    long locator = end - LOCATOR_64_BYTES;
    if (locator >= 0 && zip.get(INT, locator) == LOCATOR_64) {
      long end64 = zip.get(LONG, locator + 8);
      if (end64 < 0 || end64 > locator - END_64_BYTES || zip.get(INT, end64) != END_64) {
        throw file.fault("is a damaged zip archive: its zip64 directory is not where it says; fetch it again");
      }
      directory = new Directory(zip.get(LONG, end64 + 48), zip.get(LONG, end64 + 40), zip.get(LONG, end64 + 32));
    }
    if (directory.offset < 0 || directory.bytes < 0 || directory.offset > end - directory.bytes) {
      throw file.fault("is a damaged zip archive: its directory is not where it says; fetch it again");
    }
    if (directory.files < 0 || directory.files > MOST_FILES || directory.bytes > LONGEST_DIRECTORY) {
      throw file.fault("has a directory of %s files and %d bytes, where %d and %d are the most; "
          + "save the state dict alone", Long.toUnsignedString(directory.files), directory.bytes,
          MOST_FILES, LONGEST_DIRECTORY);
    }
    return directory;
  }

  /** The end record is the last thing in the archive but for a comment of known length. */
  private long end() {
    long last = zip.byteSize() - END_BYTES;
    for (long at = last; at >= Math.max(0, last - LONGEST_COMMENT); at--) {
      if (zip.get(INT, at) == END && at + END_BYTES + unsigned(at + 20) == zip.byteSize()) {
        return at;
      }
    }
    throw file.fault("is a zip archive without its end; fetch it again");
  }

  private void readDirectory(Directory directory) {
    MemorySegment entries = zip.asSlice(0, directory.offset + directory.bytes);
    long at = directory.offset;
    for (long i = 0; i < directory.files; i++) {
      if (entries.get(INT, at) != CENTRAL) {
        throw file.fault("is a damaged zip archive: its directory breaks off after %d files; fetch it again", i);
      }
      int name = unsigned(at + 28);
      int extra = unsigned(at + 30);
      int comment = unsigned(at + 32);
      String text = text(at + CENTRAL_BYTES, name);
      Place place = place(at, at + CENTRAL_BYTES + name, extra);
      if (places.put(text, place) != null) {
        throw file.fault("is a damaged zip archive: it holds %s twice; fetch it again", Quoted.name(text));
      }
      at += CENTRAL_BYTES + name + extra + comment;
    }
    entries.asSlice(at);
  }

  private Place place(long at, long extra, int extraBytes) {
    long packed = unsigned32(at + 20);
    long bytes = unsigned32(at + 24);
    long header = unsigned32(at + 42);
    long wide = bytes == IN_EXTRA || packed == IN_EXTRA || header == IN_EXTRA ? wide(extra, extraBytes) : 0;
    // The wide numbers stand in this order, each only where its narrow field is all ones.
    if (bytes == IN_EXTRA) {
      bytes = zip.get(LONG, wide);
      wide += Long.BYTES;
    }
    if (packed == IN_EXTRA) {
      packed = zip.get(LONG, wide);
      wide += Long.BYTES;
    }
    if (header == IN_EXTRA) {
      header = zip.get(LONG, wide);
    }
    return new Place(unsigned(at + 10), unsigned(at + 8), header, packed, bytes);
  }

  private long wide(long extra, int extraBytes) {
    long at = extra;
    while (at + 4 <= extra + extraBytes) {
      if (unsigned(at) == EXTRA_64) {
        return at + 4;
      }
      at += 4 + unsigned(at + 2);
    }
    throw file.fault("is a damaged zip archive: a file's wide size is missing; fetch it again");
  }

  private String text(long at, int length) {
    return new String(zip.asSlice(at, length).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
  }

  private int unsigned(long at) {
    return Short.toUnsignedInt(zip.get(SHORT, at));
  }

  private long unsigned32(long at) {
    return Integer.toUnsignedLong(zip.get(INT, at));
  }
}
