package org.answerprint.media;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.answerprint.faults.TransientFault;

/**
 * Reads whole aligned blocks from a slow source and keeps the latest ones, so that a demuxer's many small reads become
 * a few range requests. The memory of a block that goes is the next one's: a film's worth of blocks, each alive for some
 * seconds, would fill a heap with what a collector of the young does not see. Closes what it wraps. Not thread-safe.
 */
public final class CachedBytes implements ByteSource {

  /** One mebibyte: few requests for an index at the end of a file, little waste around a seek. */
  public static final int BLOCK_BYTES = 1 << 20;

  private final ByteSource source;
  private final int blockBytes;
  private final int blockCount;
  /** In the order of their latest use. */
  private final Map<Long, Block> blocks = new LinkedHashMap<>(16, 0.75f, true);

  private record Block(byte[] bytes, int length) {}

  private CachedBytes(ByteSource source, int blockBytes, int blockCount) {
    this.source = source;
    this.blockBytes = blockBytes;
    this.blockCount = blockCount;
  }

  /** Eight blocks of one mebibyte. */
  public static CachedBytes of(ByteSource source) {
    return of(source, BLOCK_BYTES, 8);
  }

  /** Blocks of a given size, at most {@code blockCount} of them in memory. */
  public static CachedBytes of(ByteSource source, int blockBytes, int blockCount) {
    if (blockBytes < 1 || blockCount < 1) {
      throw new IllegalArgumentException("a cache needs blocks, not " + blockCount + " of " + blockBytes + " bytes");
    }
    return new CachedBytes(source, blockBytes, blockCount);
  }

  @Override
  public long size() {
    return source.size();
  }

  @Override
  public int read(long position, byte[] into, int offset, int length) {
    if (position >= size()) {
      return -1;
    }
    Block block = block(position / blockBytes);
    int within = (int) (position % blockBytes);
    int count = Math.min(length, block.length() - within);
    System.arraycopy(block.bytes(), within, into, offset, count);
    return count;
  }

  private Block block(long index) {
    Block block = blocks.get(index);
    if (block == null) {
      block = load(index, room());
      blocks.put(index, block);
    }
    return block;
  }

  /** Memory for a block: new as long as there may be more of them, then that of the block that was not used for longest. */
  private byte[] room() {
    if (blocks.size() < blockCount) {
      return new byte[(int) Math.min(blockBytes, size())];
    }
    Iterator<Block> eldest = blocks.values().iterator();
    byte[] room = eldest.next().bytes();
    eldest.remove();
    return room;
  }

  private Block load(long index, byte[] room) {
    long start = index * blockBytes;
    int length = (int) Math.min(blockBytes, size() - start);
    for (int filled = 0; filled < length; ) {
      int count = source.read(start + filled, room, filled, length - filled);
      if (count <= 0) {
        throw new TransientFault(
            "the source ended at byte " + (start + filled) + " of " + size() + "; try again");
      }
      filled += count;
    }
    return new Block(room, length);
  }

  @Override
  public void close() {
    blocks.clear();
    source.close();
  }
}
