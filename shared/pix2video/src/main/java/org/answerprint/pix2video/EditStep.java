package org.answerprint.pix2video;

import java.util.Arrays;
import java.util.List;
import org.answerprint.diffusion.Ddim;
import org.answerprint.diffusion.Guidance;
import org.answerprint.diffusion.RowOrder;
import org.answerprint.runtime.Denoiser;

/** One step of the edit over all frames, chunk by chunk. What chunks carry to each other ends with the step. */
final class EditStep {

  private final Denoiser denoiser;
  private final Settings settings;
  private final int step;

  EditStep(Denoiser denoiser, Settings settings, int step) {
    this.denoiser = denoiser;
    this.settings = settings;
    this.step = step;
  }

  /** New latents of all frames. */
  float[] of(Clip clip, List<Chunk> chunks, Texts texts, float[] latents, Watch watch) {
    Ddim ddim = settings.ddim();
    int length = clip.frameLength();
    float[] next = new float[latents.length];
    float[] allClean = new float[latents.length];
    float[] cleanBefore = new float[0];
    List<Lane> lanes = lanes(texts);
    for (Chunk chunk : chunks) {
      float[] part = Arrays.copyOfRange(latents, chunk.from() * length, chunk.to() * length);
      float[] output = guided(lanes.stream().map(lane -> {
        watch.beforeCall();
        return lane.prediction(clip, part, ddim.timestep(step), chunk);
      }).toList(), part.length);
      float[] clean = new float[part.length];
      ddim.clean(step).apply(part, output, clean);
      System.arraycopy(clean, 0, allClean, chunk.from() * length, clean.length);
      ddim.sample(step).apply(part, output, part);
      cleanBefore = pull(chunk, part, clean, cleanBefore, length);
      System.arraycopy(part, 0, next, chunk.from() * length, part.length);
    }
    watch.cleanLatents(step, allClean);
    return next;
  }

  /** Every frame but the clip's first towards the clean latent of the one before; gives that of the last one. */
  private float[] pull(Chunk chunk, float[] part, float[] clean, float[] cleanOfEarlierChunk, int length) {
    float[] before = cleanOfEarlierChunk;
    for (int i = 0; i < chunk.frames(); i++) {
      if (chunk.from() + i > 0 && settings.update().guides(step)) {
        settings.update().apply(part, clean, i, before);
      }
      before = Arrays.copyOfRange(clean, i * length, (i + 1) * length);
    }
    return before;
  }

  private List<Lane> lanes(Texts texts) {
    Guidance guidance = settings.guidance();
    if (!guidance.needsUnconditional()) {
      return List.of(new Lane(denoiser, List.of(texts.edit())));
    }
    if (!guidance.needsConditional()) {
      return List.of(new Lane(denoiser, List.of(texts.negative())));
    }
    return switch (settings.branches()) {
      case APART -> List.of(new Lane(denoiser, List.of(texts.negative())), new Lane(denoiser, List.of(texts.edit())));
      case TOGETHER -> List.of(new Lane(denoiser, guidance.order() == RowOrder.UNCONDITIONAL_FIRST
          ? List.of(texts.negative(), texts.edit()) : List.of(texts.edit(), texts.negative())));
    };
  }

  private float[] guided(List<float[]> outputs, int length) {
    float[] first = outputs.getFirst();
    if (outputs.size() == 2) {
      settings.guidance().apply(first, outputs.get(1), first);
      return first;
    }
    if (first.length == length) {
      return first;
    }
    float[] output = new float[length];
    settings.guidance().apply(first, output);
    return output;
  }
}
