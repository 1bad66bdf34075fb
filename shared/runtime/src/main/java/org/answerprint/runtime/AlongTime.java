package org.answerprint.runtime;

import java.util.Arrays;

/**
 * What frames see of each other in a denoiser of clips. Arrays are not copied.
 *
 * @param mask {@code [F, F]}, added to the scores of every attention along time: 0 where frame i sees frame j, far below elsewhere
 * @param gate by which what the convolutions along time add is multiplied: 1, or 0 to pass them by
 */
public record AlongTime(float[] mask, double gate) {

  /** Far enough below every score, and a number in half precision too. */
  private static final float NEVER = -1e4f;

  /** Every frame sees every other, as in training. */
  public static AlongTime open(int frames) {
    return new AlongTime(new float[frames * frames], 1);
  }

  /** Every frame sees itself alone, and convolutions along time are passed by: a clip as so many pictures. */
  public static AlongTime closed(int frames) {
    float[] mask = new float[frames * frames];
    Arrays.fill(mask, NEVER);
    for (int frame = 0; frame < frames; frame++) {
      mask[frame * frames + frame] = 0;
    }
    return new AlongTime(mask, 0);
  }
}
