package org.answerprint.corpus;

import static org.answerprint.corpus.Bytes.big;

/** Elements of Matroska files, with sizes that may lie. */
final class Ebml {

  static final int HEADER = 0x1a45dfa3;
  static final int SEGMENT = 0x18538067;
  static final int INFO = 0x1549a966;
  static final int TRACKS = 0x1654ae6b;
  static final int CLUSTER = 0x1f43b675;
  static final int ATTACHMENTS = 0x1941a469;
  static final int CHAPTERS = 0x1043a770;
  static final int TAGS = 0x1254c367;

  private Ebml() {
  }

  static byte[] element(int id, byte[]... content) {
    byte[] body = Bytes.of(content).done();
    return Bytes.of(claimed(id, body.length, body)).done();
  }

  /** An element that says another size than it has. */
  static byte[] claimed(int id, long size, byte[] body) {
    return Bytes.of(id(id), big(1L << 56 | size, 8), body).done();
  }

  static byte[] number(int id, long value) {
    return element(id, big(value, 8));
  }

  static byte[] text(int id, String text) {
    return element(id, Bytes.text(text));
  }

  private static byte[] id(int id) {
    int bytes = (39 - Integer.numberOfLeadingZeros(id)) / 8;
    return big(id & 0xffff_ffffL, bytes);
  }

  static byte[] header() {
    return element(HEADER, number(0x4286, 1), number(0x42f7, 1), number(0x42f2, 4), number(0x42f3, 8), text(0x4282, "matroska"),
        number(0x4287, 4), number(0x4285, 2));
  }

  /** A picture track of this codec, size and further elements. */
  static byte[] track(int number, String codec, long width, long height, byte[]... more) {
    return element(0xae, number(0xd7, number), number(0x73c5, number), number(0x83, 1), text(0x86, codec),
        element(0xe0, number(0xb0, width), number(0xba, height)), Bytes.of(more).done());
  }

  static byte[] info(long nanosPerTick) {
    return element(INFO, number(0x2ad7b1, nanosPerTick), text(0x4d80, "answerprint"), text(0x5741, "answerprint"));
  }

  /** A cluster of one key frame per tick from a time on. */
  static byte[] cluster(long time, byte[]... frames) {
    Bytes body = Bytes.of(number(0xe7, time));
    for (int i = 0; i < frames.length; i++) {
      body.add(element(0xa3, new byte[] {(byte) 0x81}, big(i, 2), new byte[] {(byte) 0x80}, frames[i]));
    }
    return element(CLUSTER, body.done());
  }

  static byte[] file(byte[]... segment) {
    return Bytes.of(header(), element(SEGMENT, segment)).done();
  }
}
