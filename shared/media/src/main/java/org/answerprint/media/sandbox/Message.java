package org.answerprint.media.sandbox;

/** The kinds of message on the pipe between a parent and its decoding child: one byte, then fields. */
final class Message {

  // parent to child
  static final int OPEN = 1;
  static final int SCAN = 2;
  static final int AUDIO = 3;
  static final int PCM = 4;
  static final int DATA = 5;
  static final int TRACKS = 6;
  static final int FREED = 7;

  // child to parent
  static final int BYTES = 11;
  static final int INFO = 12;
  static final int FRAME = 13;
  static final int REPORT = 14;
  static final int FORMAT = 15;
  static final int PACKET = 16;
  static final int CHUNK = 17;
  static final int END = 18;
  static final int REQUEST_FAULT = 19;
  static final int SHARED_FRAME = 20;
  static final int WALLS = 21;
  static final int ALIVE = 22;

  /** The most bytes of one answer to {@link #BYTES}, and of one packet or chunk. */
  static final int MOST_BYTES = 64 << 20;

  private Message() {
  }
}
