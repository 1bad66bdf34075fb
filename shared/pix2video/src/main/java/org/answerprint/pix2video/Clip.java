package org.answerprint.pix2video;

import java.util.Optional;
import org.answerprint.faults.RequestFault;

/**
 * The frames to edit. Arrays are not copied; whoever makes a clip does not write to them any more.
 *
 * @param frames how many
 * @param latents {@code [frames, 4, h, w]}, clean and scaled as the denoiser wants them
 * @param depth {@code [frames, 1, h, w]} from -1 to 1, for denoisers that see depth
 */
public record Clip(int frames, float[] latents, Optional<float[]> depth) {

  /** Channels of a latent. */
  static final int CHANNELS = 4;

  /** @throws RequestFault where there is no frame, or the arrays do not hold so many */
  public Clip {
    boolean fits = frames >= 1 && latents.length > 0 && latents.length % (frames * CHANNELS) == 0
        && (depth.isEmpty() || (long) CHANNELS * depth.get().length == latents.length);
    if (!fits) {
      throw new RequestFault(("%d latent and %d depth values are not %d frames of 4 channels and of 1; "
          + "give those of one clip").formatted(latents.length, depth.map(values -> values.length).orElse(0), frames));
    }
  }

  /** Without depth. */
  public static Clip of(int frames, float[] latents) {
    return new Clip(frames, latents, Optional.empty());
  }

  /** With depth. */
  public static Clip withDepth(int frames, float[] latents, float[] depth) {
    return new Clip(frames, latents, Optional.of(depth));
  }

  /** Elements of one frame's latent. */
  public int frameLength() {
    return latents.length / frames;
  }
}
