package org.answerprint.pix2video;

import java.util.Arrays;
import org.answerprint.faults.RequestFault;
import org.answerprint.graph.Shape;
import org.answerprint.runtime.Denoiser;

/** Frames as the rows of a denoiser's inputs. */
final class Frames {

  private Frames() {}

  /** @throws RequestFault where the denoiser is not for latents of this size, or wants depth that is not there or not wanted */
  static void requireFit(Denoiser denoiser, Clip clip) {
    Shape row = denoiser.sample();
    long channels = row.size(0);
    long wanted = Clip.CHANNELS + (clip.depth().isPresent() ? 1 : 0);
    if (channels != wanted) {
      throw new RequestFault(("the UNet takes %d channels, and the clip has %d%s; "
          + "Pix2Video works with 4, or with 5 where there is depth").formatted(
              channels, wanted, clip.depth().isPresent() ? " with its depth" : ""));
    }
    if (row.size(1) * row.size(2) * Clip.CHANNELS != clip.frameLength()) {
      throw new RequestFault(("the UNet was opened for latents of %d by %d, and the clip has %d elements a frame; "
          + "open it for the clip's size").formatted(row.size(1), row.size(2), clip.frameLength()));
    }
  }

  /**
   * Latents, and depth beside them where there is any, some times over.
   *
   * @param latents of the frames from {@code from} on
   */
  static float[] samples(Clip clip, float[] latents, int from, int times) {
    if (clip.depth().isEmpty()) {
      return repeated(latents, times);
    }
    int length = clip.frameLength();
    int depth = length / Clip.CHANNELS;
    int frames = latents.length / length;
    float[] rows = new float[frames * (length + depth)];
    for (int i = 0; i < frames; i++) {
      System.arraycopy(latents, i * length, rows, i * (length + depth), length);
      System.arraycopy(clip.depth().get(), (from + i) * depth, rows, i * (length + depth) + length, depth);
    }
    return repeated(rows, times);
  }

  static float[] repeated(float[] values, int times) {
    float[] all = Arrays.copyOf(values, Math.multiplyExact(values.length, times));
    for (int i = 1; i < times; i++) {
      System.arraycopy(values, 0, all, i * values.length, values.length);
    }
    return all;
  }
}
