package org.answerprint.pix2video;

import java.util.Arrays;
import java.util.Objects;
import java.util.stream.LongStream;
import org.answerprint.diffusion.Combination;
import org.answerprint.diffusion.Ddim;
import org.answerprint.runtime.Denoiser;

/**
 * DDIM run backwards, each frame by itself, without guidance. A denoiser with ports does as well as one without.
 *
 * @param chunk how many frames go through the network in one call, from 1
 */
public record DdimInversion(Denoiser denoiser, Ddim ddim, int chunk) implements Inversion {

  public DdimInversion {
    Objects.requireNonNull(denoiser, "denoiser");
    Objects.requireNonNull(ddim, "ddim");
    Settings.requireChunk(chunk);
  }

  @Override
  public int steps() {
    return ddim.steps();
  }

  @Override
  public void require(Clip clip, float[] text) {
    Frames.requireFit(denoiser, clip);
  }

  @Override
  public float[] step(int step, Clip clip, float[] text, float[] latents, Watch watch) {
    int counted = ddim.steps() - 1 - step;
    Combination invert = ddim.invert(counted);
    float[] noisier = new float[latents.length];
    int length = clip.frameLength();
    for (int from = 0; from < clip.frames(); from += chunk) {
      int frames = Math.min(chunk, clip.frames() - from);
      float[] part = Arrays.copyOfRange(latents, from * length, (from + frames) * length);
      watch.beforeCall();
      float[] samples = Frames.samples(clip, part, from, 1);
      float[] output = prediction(samples, ddim.timestep(counted), Frames.repeated(text, frames), frames);
      invert.apply(part, 0, output, 0, noisier, from * length, part.length);
    }
    return noisier;
  }

  private float[] prediction(float[] samples, int timestep, float[] texts, int frames) {
    if (denoiser.ported().isEmpty()) {
      return denoiser.denoise(samples, timestep, texts);
    }
    long[] themselves = LongStream.rangeClosed(1, frames).toArray();
    Denoiser.Sharing none = new Denoiser.Sharing(denoiser.nothing(), themselves, new long[] {0});
    return denoiser.denoise(samples, timestep, texts, none).prediction();
  }
}
