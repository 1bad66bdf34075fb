package org.answerprint.corpus;

/** What has to become of an upload. */
public sealed interface Outcome {

  /**
   * It is edited.
   *
   * @param fewest frames of the result
   * @param most frames of the result; the same number where nothing of the film is damaged
   * @param width displayed
   * @param height displayed
   * @param sound whether the result has a sound track
   */
  record Edited(int fewest, int most, int width, int height, boolean sound) implements Outcome {}

  /** It is rejected within seconds, with a sentence. */
  record Rejected() implements Outcome {}

  /** Both are right: what is left of a damaged film may be edited or not. */
  record Either() implements Outcome {}

  /** Every frame comes back. */
  static Outcome edited(int frames, int width, int height, boolean sound) {
    return new Edited(frames, frames, width, height, sound);
  }

  /** Rejected. */
  static Outcome rejected() {
    return new Rejected();
  }
}
