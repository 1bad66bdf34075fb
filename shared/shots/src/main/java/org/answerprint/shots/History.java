package org.answerprint.shots;

/** The latest pictures of a film, by frame number. */
final class History {

  static final int SIZE = 256;

  private final Picture[] ring = new Picture[SIZE];
  private int count;

  void add(Picture picture) {
    ring[count++ % SIZE] = picture;
  }

  /** Frames seen so far. */
  int count() {
    return count;
  }

  /** First frame still held. */
  int first() {
    return Math.max(0, count - SIZE);
  }

  boolean has(int frame) {
    return frame >= first() && frame < count;
  }

  Picture get(int frame) {
    return ring[frame % SIZE];
  }
}
