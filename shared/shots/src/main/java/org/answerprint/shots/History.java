package org.answerprint.shots;

/** The latest pictures of a film, by frame number. */
final class History {

  static final int SIZE = 512;

  private final Picture[] ring = new Picture[SIZE];
  private final float[] steps = new float[SIZE];
  private final float[] shifted = new float[SIZE];
  private int count;

  void add(Picture picture) {
    int at = count % SIZE;
    steps[at] = count == 0 ? 0 : Picture.difference(ring[(count - 1) % SIZE], picture);
    shifted[at] = count == 0 ? 0 : Picture.shiftedDifference(ring[(count - 1) % SIZE], picture, 7, 4);
    ring[at] = picture;
    count++;
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

  /** How a frame differs from the one before; 0 where one of them is not held. */
  float step(int frame) {
    return has(frame) ? steps[frame % SIZE] : 0;
  }

  /** The same where a shift of the whole picture does not count. */
  float shiftedStep(int frame) {
    return has(frame) ? shifted[frame % SIZE] : 0;
  }

  /** The mean of {@link #shiftedStep} over frames {@code from} to before {@code to}. */
  float motion(int from, int to) {
    float sum = 0;
    for (int frame = from; frame < to; frame++) {
      sum += shiftedStep(frame);
    }
    return to > from ? sum / (to - from) : 0;
  }
}
