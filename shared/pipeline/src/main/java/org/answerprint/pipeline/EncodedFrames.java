package org.answerprint.pipeline;

import java.util.Optional;
import org.answerprint.diffusion.DepthRange;
import org.answerprint.pictures.Picture;

/**
 * Latents of a clip's frames, and depth where the model sees it, gathered frame by frame. Not for several threads at once; the pipeline
 * stays the caller's.
 */
public final class EncodedFrames {

  private static final int CHANNELS = 4;

  private final ImagePipeline pipeline;
  private final int place;
  private final float[] latents;
  private final Optional<float[]> depth;
  private int next;

  /** Of so many frames, none of which is there yet. */
  public EncodedFrames(ImagePipeline pipeline, int frames) {
    this.pipeline = pipeline;
    this.place = pipeline.latentHeight() * pipeline.latentWidth();
    this.latents = new float[Math.multiplyExact(CHANNELS * place, frames)];
    this.depth = pipeline.model().seesDepth() ? Optional.of(new float[place * frames]) : Optional.empty();
  }

  /** Encodes the next frame, which is of the pipeline's size. */
  public void add(Picture picture) {
    System.arraycopy(pipeline.latent(picture), 0, latents, next * CHANNELS * place, CHANNELS * place);
    depth.ifPresent(maps -> System.arraycopy(pipeline.depth(picture), 0, maps, next * place, place));
    next++;
  }

  /** {@code [frames, 4, h, w]}, not copied. */
  public float[] latents() {
    return latents;
  }

  /**
   * {@code [frames, 1, h, w]} from -1 to 1, not copied: to be asked for once, when all frames are there. Empty where the model sees no
   * depth.
   *
   * @param ofTheClip whether there is one range for the whole clip; else each frame has its own
   */
  public Optional<float[]> depth(boolean ofTheClip) {
    depth.ifPresent(maps -> DepthRange.normalise(maps, ofTheClip ? maps.length : place));
    return depth;
  }
}
