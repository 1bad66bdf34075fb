package org.answerprint.toybox;

/** Where one shot of a film becomes the next. */
public sealed interface Join {
  /** The film's first frame that is not the shot before alone. */
  int start();

  /** The film's first frame that is the next shot alone. */
  int end();

  /** The frame with whose first sample the sound clicks: the first of the new shot, or a dissolve's middle. */
  default int click() {
    return (start() + end()) / 2;
  }

  /**
   * A change from one frame to the next.
   *
   * @param frame the new shot's first frame
   */
  record HardCut(int frame) implements Join {
    @Override
    public int start() {
      return frame;
    }

    @Override
    public int end() {
      return frame;
    }
  }

  /**
   * A gradual change. Its {@code i}th frame of {@code n}, counted from 1, holds {@code i / (n + 1)} of the new shot.
   *
   * @param start its first mixed frame
   * @param end the frame after its last mixed one
   */
  record Dissolve(int start, int end) implements Join {}
}
