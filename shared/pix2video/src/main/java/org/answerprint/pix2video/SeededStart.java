package org.answerprint.pix2video;

import org.answerprint.diffusion.Noise;

/**
 * Noise of a seed in the place of an inversion: frame i begins with the numbers of the seed's stream i. The clip then bears
 * on its edit by its depth alone.
 */
public record SeededStart(long seed) implements Inversion {

  @Override
  public int steps() {
    return 1;
  }

  @Override
  public float[] step(int step, Clip clip, float[] text, float[] latents, Watch watch) {
    float[] noise = new float[latents.length];
    for (int frame = 0; frame < clip.frames(); frame++) {
      Noise.ofSeed(seed).stream(frame).fill(noise, frame * clip.frameLength(), clip.frameLength());
    }
    return noise;
  }
}
