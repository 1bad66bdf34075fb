package org.answerprint.media;

import java.util.LinkedHashMap;
import java.util.Map;
import org.answerprint.faults.TransientFault;

/**
 * Reads whole aligned blocks from a slow source and keeps the latest ones, so that a demuxer's many small reads become
 * a few range requests. Closes what it wraps.
 */
public final class CachedBytes implements ByteSource {

  /** One mebibyte: few requests for an index at the end of a file, little waste around a seek. */
  public static final int BLOCK_BYTES = 1 << 20;

  private final ByteSource source;
  private final int blockBytes;
  private final Map<Long, byte[]> blocks;

  private CachedBytes(ByteSource source, int blockBytes, int blockCount) {
    this.source = source;
    this.blockBytes = blockBytes;
    this.blocks = new LinkedHashMap<>(16, 0.75f, true) {
      @Override
      protected boolean removeEldestEntry(Map.Entry<Long, byte[]> eldest) {
        return size() > blockCount;
      }
    };
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
    byte[] block = blocks.computeIfAbsent(position / blockBytes, this::load);
    int within = (int) (position % blockBytes);
    int count = Math.min(length, block.length - within);
    System.arraycopy(block, within, into, offset, count);
    return count;
  }

  private byte[] load(long index) {
    long start = index * blockBytes;
    byte[] block = new byte[(int) Math.min(blockBytes, size() - start)];
    for (int filled = 0; filled < block.length; ) {
      int count = source.read(start + filled, block, filled, block.length - filled);
      if (count <= 0) {
        throw new TransientFault(
            "the source ended at byte " + (start + filled) + " of " + size() + "; try again");
      }
      filled += count;
    }
    return block;
  }

  @Override
  public void close() {
    blocks.clear();
    source.close();
  }
}
