package org.answerprint.pix2video;

import java.util.Random;

/** Which frames' features a frame attends to in the ported layers. The first frame attends to itself in all of them. */
public enum References {
  /** The first frame. */
  ANCHOR,
  /** The frame before. */
  PREVIOUS,
  /** The first frame, then the frame before: the method's own choice. */
  BOTH,
  /** The first frame, then any earlier one: drawn once for each frame, the same at all steps. */
  RANDOM,
  /** Itself, as in a denoiser without ports. */
  NONE;

  /**
   * For each frame in turn the frames that it attends to, none of them later than itself.
   *
   * @param seed of {@link Random}, from which {@link #RANDOM} draws {@code nextInt(i)} for the frames i = 1, 2 and so on
   */
  int[][] seen(int frames, long seed) {
    Random random = new Random(seed);
    int[][] seen = new int[frames][];
    for (int i = 0; i < frames; i++) {
      seen[i] = switch (this) {
        case ANCHOR -> new int[] {0};
        case PREVIOUS -> new int[] {Math.max(0, i - 1)};
        case BOTH -> new int[] {0, Math.max(0, i - 1)};
        case RANDOM -> new int[] {0, i == 0 ? 0 : random.nextInt(i)};
        case NONE -> new int[] {i};
      };
    }
    return seen;
  }
}
