package org.answerprint.pix2video;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.answerprint.diffusion.Ddim;
import org.answerprint.runtime.Denoiser;
import org.answerprint.runtime.Denoiser.Shared;
import org.answerprint.runtime.Denoiser.Sharing;
import org.answerprint.runtime.Features;

/**
 * The edit as the paper tells it: a frame is finished before the next begins, and the features of all steps are kept. The clip's
 * latents are the start noise.
 */
final class FrameByFrame {

  private FrameByFrame() {}

  static float[] edit(Denoiser denoiser, Settings settings, Clip clip, Texts texts) {
    Ddim ddim = settings.ddim();
    int length = clip.frameLength();
    int[][] seen = settings.references().seen(clip.frames(), settings.seed());
    float[][][] cleans = new float[clip.frames()][ddim.steps()][length];
    List<List<Features[]>> features = new ArrayList<>();
    float[] edited = new float[clip.latents().length];
    for (int i = 0; i < clip.frames(); i++) {
      float[] x = Arrays.copyOfRange(clip.latents(), i * length, (i + 1) * length);
      features.add(new ArrayList<>());
      for (int s = 0; s < ddim.steps(); s++) {
        float[] samples = Frames.samples(clip, x, i, 1);
        Features[] own = new Features[2];
        float[][] outputs = new float[2][];
        for (int branch = 0; branch < 2; branch++) {
          float[] text = branch == 0 ? texts.negative() : texts.edit();
          Shared shared = denoiser.denoise(samples, ddim.timestep(s), text, sharing(denoiser, seen[i], i, features, s, branch));
          own[branch] = shared.kept();
          outputs[branch] = shared.prediction();
        }
        features.get(i).add(own);
        float[] output = new float[length];
        settings.guidance().apply(outputs[0], outputs[1], output);
        ddim.clean(s).apply(x, output, cleans[i][s]);
        ddim.sample(s).apply(x, output, x);
        for (int e = 0; e < length && i > 0 && s < settings.update().steps(); e++) {
          x[e] = (float) (x[e] - settings.update().kappa() * (cleans[i][s][e] - cleans[i - 1][s][e]));
        }
      }
      System.arraycopy(x, 0, edited, i * length, length);
    }
    return edited;
  }

  private static Sharing sharing(Denoiser denoiser, int[] seen, int frame, List<List<Features[]>> features, int step, int branch) {
    if (frame == 0) {
      return new Sharing(denoiser.nothing(), new long[] {1}, new long[] {0});
    }
    Features carried = features.get(seen[0]).get(step)[branch];
    for (int j = 1; j < seen.length; j++) {
      carried = carried.and(features.get(seen[j]).get(step)[branch]);
    }
    long[] rows = new long[seen.length];
    Arrays.setAll(rows, j -> j);
    return new Sharing(carried, rows, new long[] {0});
  }
}
