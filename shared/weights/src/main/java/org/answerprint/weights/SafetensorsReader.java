package org.answerprint.weights;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Comparator;
import java.util.List;
import org.answerprint.faults.RequestFault;

/**
 * Safetensors: the header's length in eight bytes, the header as JSON, then the tensors one after another. As in the
 * reference implementation, they tile what follows the header: no two overlap, nothing lies between or behind them.
 */
final class SafetensorsReader {

  private static final int PREFIX = Long.BYTES;
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final Comparator<SafetensorsHeader.Entry> BY_PLACE =
      Comparator.comparingLong(SafetensorsHeader.Entry::begin).thenComparingLong(SafetensorsHeader.Entry::end);

  private SafetensorsReader() {}

  /** @throws RequestFault where the file is not as the format has it */
  static List<Tensor> read(MappedFile file) {
    long length = headerLength(file);
    List<SafetensorsHeader.Entry> entries =
        Json.parse(file, file.bytes().asSlice(PREFIX, length), "its header", SafetensorsHeader::parse);
    MemorySegment data = file.bytes().asSlice(PREFIX + length);
    requireTiles(file, entries, data.byteSize());
    return entries.stream()
        .map(entry -> new Tensor(entry.spec(), data.asSlice(entry.begin(), entry.spec().bytes())))
        .toList();
  }

  private static long headerLength(MappedFile file) {
    if (file.size() < PREFIX) {
      throw file.fault("is %d bytes long and so no file of weights; fetch it again", file.size());
    }
    long length = file.bytes().get(LONG, 0);
    if (length < 0 || length > Json.LONGEST) {
      Lookalike.of(file).ifPresent(words -> {
        throw file.fault(words);
      });
      throw file.fault("is no file of weights that can be read: neither a PyTorch zip checkpoint, nor safetensors "
          + "with a header of up to %d bytes (it would have %s); give one of these, or fetch it again",
          Json.LONGEST, Long.toUnsignedString(length));
    }
    if (length > file.size() - PREFIX) {
      throw file.fault("ends within its header, at %d of %d bytes; fetch it again", file.size(), PREFIX + length);
    }
    return length;
  }

  private static void requireTiles(MappedFile file, List<SafetensorsHeader.Entry> entries, long size) {
    long position = 0;
    for (SafetensorsHeader.Entry entry : entries.stream().sorted(BY_PLACE).toList()) {
      String name = Quoted.name(entry.spec().name());
      if (entry.begin() < position) {
        throw file.fault("is damaged: tensor %s overlaps another at byte %d; fetch it again", name, entry.begin());
      }
      if (entry.begin() > position) {
        throw file.fault("is damaged: %d bytes before the tensor %s belong to none; fetch it again",
            entry.begin() - position, name);
      }
      if (entry.end() > size) {
        throw file.fault("ends within the tensor %s, at %d of %d bytes behind its header; fetch it again",
            name, size, entry.end());
      }
      position = entry.end();
    }
    if (position != size) {
      throw file.fault("is damaged: %d bytes behind its last tensor belong to none; fetch it again", size - position);
    }
  }
}
