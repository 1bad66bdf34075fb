package org.answerprint.media;

/**
 * The layout of a segment: magic, {@link CodedHeader}, packets in decoding order (pts, duration, key, length, payload),
 * and an end mark with their count and a CRC-32 of everything before it. Big endian. Nothing in it depends on when or
 * where it was written, and times are the source's own integers, negative ones included.
 */
final class SegmentFile {

  static final long MAGIC = 0x4150_5345_474d_0002L;
  static final int PACKET = 1;
  static final int END = 2;
  static final int MOST_PACKET_BYTES = 256 << 20;

  private SegmentFile() {
  }
}
