package org.answerprint.evaluation;

import java.util.Arrays;
import java.util.List;
import org.answerprint.diffusion.Ddim;
import org.answerprint.diffusion.Guidance;
import org.answerprint.diffusion.GuidedUpdate;
import org.answerprint.diffusion.RowOrder;
import org.answerprint.evaluation.Editor.Attending;
import org.answerprint.evaluation.Editor.Ideal;
import org.answerprint.evaluation.Editor.KeyFrame;
import org.answerprint.evaluation.Editor.SdEdit;
import org.answerprint.evaluation.Editor.Untouched;
import org.answerprint.faults.InternalFault;
import org.answerprint.pictures.Picture;
import org.answerprint.pipeline.ImagePipeline;
import org.answerprint.pix2video.Branches;
import org.answerprint.pix2video.Checkpoint;
import org.answerprint.pix2video.Clip;
import org.answerprint.pix2video.DdimInversion;
import org.answerprint.pix2video.Inversion;
import org.answerprint.pix2video.Pix2Video;
import org.answerprint.pix2video.References;
import org.answerprint.pix2video.SeededStart;
import org.answerprint.pix2video.Settings;
import org.answerprint.pix2video.Watch;

/** Runs an editor on the task of a sitting. */
final class Editing {

  private static final GuidedUpdate NO_UPDATE = new GuidedUpdate(0, 0);

  private final Sitting sitting;
  private final Studio studio;
  private final Ddim ddim;

  private Editing(Sitting sitting) {
    this.sitting = sitting;
    this.studio = sitting.studio();
    this.ddim = sitting.ddim();
  }

  static Edited run(Editor editor, Sitting sitting) {
    Editing editing = new Editing(sitting);
    return switch (editor) {
      case Attending attending -> editing.attending(attending);
      case SdEdit sdEdit -> editing.sdEdit(sdEdit.strength());
      case KeyFrame key -> editing.keyFrame();
      case Untouched _ -> new Edited(sitting.task().frames(), 0);
      case Ideal ideal -> editing.ideal(ideal.coded());
    };
  }

  private Edited attending(Attending how) {
    boolean alone = how.references() == References.NONE;
    ImagePipeline pipeline = alone ? studio.plain() : studio.ported(how.layers().of(studio.model()));
    Settings settings = settings(how.references(), update(how.guided()));
    double before = sitting.clipSeconds() + (how.inverted() ? sitting.inversionSeconds() : 0);
    pipeline.denoiser();
    sitting.texts();
    return timed(before, () -> {
      Inversion start = how.inverted() ? new DdimInversion(pipeline.denoiser(), ddim, Sitting.CHUNK)
          : new SeededStart(studio.protocol().seed());
      Pix2Video method = new Pix2Video(pipeline.denoiser(), start, settings);
      Checkpoint from = how.inverted() ? new Checkpoint(ddim.steps(), sitting.inverted()) : Checkpoint.start(sitting.clip());
      return sitting.decoded(method.resume(from, sitting.clip(), sitting.texts(), Watch.NONE));
    });
  }

  /** The frames' own latents with the noise of the step at which it begins; from there on as per frame. */
  private Edited sdEdit(double strength) {
    Clip clip = sitting.clip();
    int first = ddim.firstStep(strength);
    SeededStart start = new SeededStart(studio.protocol().seed());
    float[] noise = start.step(0, clip, sitting.texts().source(), clip.latents(), Watch.NONE);
    float[] noised = clip.latents().clone();
    if (first < ddim.steps()) {
      ddim.noised(first).apply(clip.latents(), noise, noised);
    }
    return timed(sitting.clipSeconds(), () -> {
      Pix2Video method = perFrame(start);
      return sitting.decoded(method.resume(new Checkpoint(start.steps() + first, noised), clip, sitting.texts(), Watch.NONE));
    });
  }

  private Edited ideal(boolean coded) {
    List<Picture> frames = sitting.task().ideal().orElseThrow(
        () -> new InternalFault(sitting.task().name() + " has no perfect edit that anybody knew"));
    ImagePipeline plain = studio.plain();
    return new Edited(coded ? frames.stream().map(frame -> plain.picture(plain.latent(frame))).toList() : frames, 0);
  }

  private Edited keyFrame() {
    int frames = sitting.task().frames().size();
    Clip clip = sitting.clip();
    Clip key = new Clip(1, part(clip.latents(), frames), clip.depth().map(depth -> part(depth, frames)));
    double before = (sitting.clipSeconds() + sitting.inversionSeconds()) / frames;
    return timed(before, () -> {
      Pix2Video method = perFrame(new DdimInversion(studio.plain().denoiser(), ddim, 1));
      Checkpoint from = new Checkpoint(ddim.steps(), part(sitting.inverted(), frames));
      Picture edited = studio.plain().picture(method.resume(from, key, sitting.texts(), Watch.NONE));
      return Carrying.along(sitting.task().frames(), edited);
    });
  }

  private Pix2Video perFrame(Inversion start) {
    return new Pix2Video(studio.plain().denoiser(), start, settings(References.NONE, NO_UPDATE));
  }

  private Settings settings(References references, GuidedUpdate update) {
    return new Settings(ddim, new Guidance(studio.protocol().guidance(), RowOrder.UNCONDITIONAL_FIRST), update, references,
        studio.protocol().seed(), Sitting.CHUNK, Branches.TOGETHER);
  }

  private GuidedUpdate update(Editor.Guided guided) {
    return switch (guided) {
      case NONE -> NO_UPDATE;
      case HALF -> GuidedUpdate.ofSteps(ddim.steps());
      case ALL -> new GuidedUpdate(GuidedUpdate.KAPPA, ddim.steps());
    };
  }

  private static float[] part(float[] all, int frames) {
    return Arrays.copyOf(all, all.length / frames);
  }

  private interface Work {
    List<Picture> frames();
  }

  private static Edited timed(double before, Work work) {
    long start = System.nanoTime();
    List<Picture> frames = work.frames();
    return new Edited(frames, before + (System.nanoTime() - start) / 1e9);
  }
}
