package org.answerprint.pix2video;

import java.util.List;
import java.util.Objects;
import org.answerprint.faults.RequestFault;
import org.answerprint.runtime.Denoiser;

/**
 * The whole method on latents: inversion, then the edit in lockstep, one step for all frames before the next. Not for several
 * threads at once, as the denoiser is not; the denoiser stays the caller's.
 *
 * @param denoiser with ports at the layers in which frames attend to others; without ports for {@link References#NONE}
 */
public record Pix2Video(Denoiser denoiser, Inversion inversion, Settings settings) {

  /** @throws RequestFault where there are references and no layer is open to them */
  public Pix2Video {
    Objects.requireNonNull(inversion, "inversion");
    if (settings.references() != References.NONE && denoiser.ported().isEmpty()) {
      throw new RequestFault("references %s need a UNet with attention ports; open one, or ask for NONE".formatted(
          settings.references()));
    }
  }

  /** With DDIM's inversion in as many steps as the edit has. */
  public static Pix2Video of(Denoiser denoiser, Settings settings) {
    return new Pix2Video(denoiser, new DdimInversion(denoiser, settings.ddim(), settings.chunk()), settings);
  }

  /** Steps of a whole run. */
  public int steps() {
    return inversion.steps() + settings.ddim().steps();
  }

  /** Edits a clip from the beginning. @return the edited latents */
  public float[] edit(Clip clip, Texts texts, Watch watch) {
    return resume(Checkpoint.start(clip), clip, texts, watch);
  }

  /**
   * Goes on from a checkpoint of the same run.
   *
   * @return the edited latents {@code [frames, 4, h, w]}, which may be the checkpoint's own where nothing is left to do
   * @throws RequestFault where clip, texts, denoiser and checkpoint do not go together, or a step leaves the range of numbers;
   *     there is no checkpoint of such a step
   */
  public float[] resume(Checkpoint checkpoint, Clip clip, Texts texts, Watch watch) {
    require(checkpoint, clip, texts);
    List<Chunk> chunks = Chunk.of(settings.references().seen(clip.frames(), settings.seed()), settings.chunk());
    float[] latents = checkpoint.latents();
    for (int done = checkpoint.done(); done < steps(); done++) {
      int step = done - inversion.steps();
      latents = step < 0 ? inversion.step(done, clip, texts.source(), latents, watch)
          : new EditStep(denoiser, settings, step).of(clip, chunks, texts, latents, watch);
      requireNumbers(latents, done + 1);
      watch.afterStep(new Checkpoint(done + 1, latents), steps());
    }
    return latents;
  }

  private void requireNumbers(float[] latents, int done) {
    for (float value : latents) {
      if (!Float.isFinite(value)) {
        throw new RequestFault("step %d of %d gave values that are no numbers; run the model in float32, or with less guidance"
            .formatted(done, steps()));
      }
    }
  }

  private void require(Checkpoint checkpoint, Clip clip, Texts texts) {
    Frames.requireFit(denoiser, clip);
    inversion.require(clip, texts.source());
    if (texts.source().length != texts.edit().length || texts.edit().length != texts.negative().length) {
      throw new RequestFault("the three texts have %d, %d and %d elements; give those of one text encoder".formatted(
          texts.source().length, texts.edit().length, texts.negative().length));
    }
    if (checkpoint.done() > steps() || checkpoint.latents().length != clip.latents().length) {
      throw new RequestFault(("a checkpoint of %d elements after %d steps is not of this run, "
          + "of %d elements and %d steps; start anew").formatted(
              checkpoint.latents().length, checkpoint.done(), clip.latents().length, steps()));
    }
  }
}
