package org.answerprint.pix2video;

import java.util.Objects;
import org.answerprint.diffusion.Ddim;
import org.answerprint.diffusion.Guidance;
import org.answerprint.diffusion.GuidedUpdate;
import org.answerprint.diffusion.RowOrder;
import org.answerprint.faults.RequestFault;

/**
 * How a clip is edited.
 *
 * @param ddim the steps
 * @param guidance towards the edit's text
 * @param update the pull of each frame towards the frame before it
 * @param references whose features a frame attends to
 * @param seed of random references
 * @param chunk how many frames go through the network in one call, from 1; the result is the same but for rounding
 * @param branches how guidance's two branches go through the network
 */
public record Settings(Ddim ddim, Guidance guidance, GuidedUpdate update, References references, long seed, int chunk,
    Branches branches) {

  private static final int USUAL_CHUNK = 8;

  /** @throws RequestFault where a chunk has no frame */
  public Settings {
    Objects.requireNonNull(ddim, "ddim");
    Objects.requireNonNull(guidance, "guidance");
    Objects.requireNonNull(update, "update");
    Objects.requireNonNull(references, "references");
    Objects.requireNonNull(branches, "branches");
    requireChunk(chunk);
  }

  /** The method's own: guidance 7.5, the guided update's default, anchor and previous frame, chunks of eight frames. */
  public static Settings usual(Ddim ddim) {
    return new Settings(ddim, new Guidance(7.5, RowOrder.UNCONDITIONAL_FIRST), GuidedUpdate.ofSteps(ddim.steps()),
        References.BOTH, 0, USUAL_CHUNK, Branches.TOGETHER);
  }

  /** The same with another guidance. */
  public Settings with(Guidance other) {
    return new Settings(ddim, other, update, references, seed, chunk, branches);
  }

  /** The same with another guided update. */
  public Settings with(GuidedUpdate other) {
    return new Settings(ddim, guidance, other, references, seed, chunk, branches);
  }

  /** The same with other references; the seed is that of random ones. */
  public Settings with(References other, long otherSeed) {
    return new Settings(ddim, guidance, update, other, otherSeed, chunk, branches);
  }

  /** The same in other calls of the network. */
  public Settings in(int frames, Branches other) {
    return new Settings(ddim, guidance, update, references, seed, frames, other);
  }

  static void requireChunk(int chunk) {
    if (chunk < 1) {
      throw new RequestFault("a chunk of %d frames is none; give at least 1".formatted(chunk));
    }
  }
}
