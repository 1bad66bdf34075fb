package org.answerprint.evaluation;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.answerprint.diffusion.Ddim;
import org.answerprint.pictures.Picture;
import org.answerprint.pipeline.EncodedFrames;
import org.answerprint.pix2video.Clip;
import org.answerprint.pix2video.DdimInversion;
import org.answerprint.pix2video.Texts;
import org.answerprint.pix2video.Watch;

/**
 * One task in the studio. What several variants need is made once, and counts for each of them. Not for several threads at once.
 */
final class Sitting {

  /** How many frames go through a network in one call. */
  static final int CHUNK = 8;

  /** Something that was made, and how long it took. */
  private record Made<T>(T what, double seconds) {

    static <T> Made<T> of(Supplier<T> making) {
      long start = System.nanoTime();
      T what = making.get();
      return new Made<>(what, (System.nanoTime() - start) / 1e9);
    }
  }

  private final Studio studio;
  private final Task task;
  private Optional<Made<Clip>> clip = Optional.empty();
  private Optional<Made<float[]>> inverted = Optional.empty();
  private Optional<Texts> texts = Optional.empty();

  Sitting(Studio studio, Task task) {
    this.studio = studio;
    this.task = task;
  }

  Studio studio() {
    return studio;
  }

  Task task() {
    return task;
  }

  Ddim ddim() {
    return Ddim.of(studio.plain().scheduler(), studio.protocol().steps());
  }

  Clip clip() {
    return madeClip().what();
  }

  double clipSeconds() {
    return madeClip().seconds();
  }

  /** The latents after the inversion. */
  float[] inverted() {
    return madeInversion().what();
  }

  double inversionSeconds() {
    return madeInversion().seconds();
  }

  Texts texts() {
    texts = Optional.of(texts.orElseGet(() -> new Texts(
        studio.plain().text(task.sourcePrompt()), studio.plain().text(task.prompt()), studio.plain().text(""))));
    return texts.get();
  }

  List<Picture> decoded(float[] latents) {
    int length = latents.length / task.frames().size();
    return IntStream.range(0, task.frames().size())
        .mapToObj(i -> studio.plain().picture(Arrays.copyOfRange(latents, i * length, (i + 1) * length))).toList();
  }

  private Made<Clip> madeClip() {
    clip = Optional.of(clip.orElseGet(() -> Made.of(this::encoded)));
    return clip.get();
  }

  private Made<float[]> madeInversion() {
    inverted = Optional.of(inverted.orElseGet(() -> Made.of(this::invert)));
    return inverted.get();
  }

  private Clip encoded() {
    EncodedFrames encoded = new EncodedFrames(studio.plain(), task.frames().size());
    task.frames().forEach(encoded::add);
    return new Clip(task.frames().size(), encoded.latents(), encoded.depth(false));
  }

  private float[] invert() {
    DdimInversion inversion = new DdimInversion(studio.plain().denoiser(), ddim(), CHUNK);
    float[] latents = clip().latents();
    for (int step = 0; step < inversion.steps(); step++) {
      latents = inversion.step(step, clip(), texts().source(), latents, Watch.NONE);
    }
    return latents;
  }
}
