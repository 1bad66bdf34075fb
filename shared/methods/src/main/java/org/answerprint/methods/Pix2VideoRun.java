package org.answerprint.methods;

import java.util.Arrays;
import java.util.Optional;
import org.answerprint.faults.RequestFault;
import org.answerprint.frames.FrameSink;
import org.answerprint.frames.FrameSpec;
import org.answerprint.frames.PixelFormat;
import org.answerprint.pictures.GuidedUpscale;
import org.answerprint.pictures.Picture;
import org.answerprint.pipeline.EncodedFrames;
import org.answerprint.pipeline.ImagePipeline;
import org.answerprint.pipeline.PictureSize;
import org.answerprint.pix2video.Checkpoint;
import org.answerprint.pix2video.Clip;
import org.answerprint.pix2video.Pix2Video;
import org.answerprint.pix2video.SeededStart;
import org.answerprint.pix2video.Settings;
import org.answerprint.pix2video.Texts;
import org.answerprint.pix2video.Watch;

/**
 * One shot's way through Pix2Video: read small, to latents and depth, through the steps, and back to the film's size with the detail
 * of the film's own frames, which are read a second time for it. Of the shot, only latents and depth are held in memory.
 */
final class Pix2VideoRun {

  private final EditRequest request;
  private final Pix2VideoPlan plan;
  private final ImagePipeline pipeline;
  private final int frames;
  private final long total;
  private long done;
  private Optional<String> caption = Optional.empty();

  Pix2VideoRun(EditRequest request, Pix2VideoPlan plan, ImagePipeline pipeline) {
    this.request = request;
    this.plan = plan;
    this.pipeline = pipeline;
    this.frames = request.count();
    int inversion = plan.startsAtRandom() ? 1 : plan.steps();
    this.total = (long) frames * (2 + inversion + plan.steps());
  }

  void run(FrameSink out) {
    Settings settings = plan.settings(pipeline.scheduler(), pipeline.model(), pipeline.latentHeight(), pipeline.latentWidth());
    Pix2Video method = plan.startsAtRandom()
        ? new Pix2Video(pipeline.denoiser(), new SeededStart(plan.recipe().seed()), settings)
        : Pix2Video.of(pipeline.denoiser(), settings);
    Clip clip = clip();
    Texts texts = new Texts(pipeline.text(sourcePrompt()), pipeline.text(plan.prompt()), pipeline.text(plan.negativePrompt()));
    Checkpoint start = start(clip, method.steps());
    done += (long) frames * start.done();
    write(method.resume(start, clip, texts, watch()), out);
  }

  private Clip clip() {
    PictureSize size = pipeline.size();
    EncodedFrames encoded = new EncodedFrames(pipeline, frames);
    int[] next = {0};
    request.frames().read(new FrameSpec(PixelFormat.RGB24, size.width(), size.height()), frame -> {
      Picture picture = Picture.of(frame);
      if (next[0]++ == frames / 2 && wantsCaption()) {
        caption = pipeline.caption(picture);
        caption.ifPresent(request.monitor()::captioned);
      }
      encoded.add(picture);
      progress();
    });
    return new Clip(frames, encoded.latents(), encoded.depth(plan.depthOfTheClip()));
  }

  private boolean wantsCaption() {
    return plan.sourcePrompt().isEmpty() && !plan.startsAtRandom();
  }

  /** What the recipe says, or what the captioner says of the shot's middle frame; a random start asks for nothing. */
  private String sourcePrompt() {
    return plan.sourcePrompt().or(() -> caption).orElse("");
  }

  /** Where an earlier attempt got to; one whose checkpoint is damaged counts for nothing. */
  private Checkpoint start(Clip clip, int steps) {
    return request.equipment().checkpoints().latest().flatMap(Pix2VideoRun::read)
        .filter(kept -> kept.done() <= steps && kept.latents().length == clip.latents().length)
        .orElse(Checkpoint.start(clip));
  }

  private static Optional<Checkpoint> read(byte[] stored) {
    try {
      return Optional.of(Checkpoint.of(stored));
    } catch (RequestFault damaged) {
      return Optional.empty();
    }
  }

  private Watch watch() {
    return new Watch() {
      @Override
      public void beforeCall() {
        request.monitor().progress(done, total);
      }

      @Override
      public void afterStep(Checkpoint checkpoint, int steps) {
        done += frames;
        request.monitor().progress(done, total);
        request.equipment().checkpoints().keep(checkpoint.done(), checkpoint.toBytes());
      }
    };
  }

  private void write(float[] edited, FrameSink out) {
    int length = edited.length / frames;
    int[] next = {0};
    request.frames().read(new FrameSpec(PixelFormat.RGB24, request.width(), request.height()), frame -> {
      int i = next[0]++;
      Picture small = pipeline.picture(Arrays.copyOfRange(edited, i * length, (i + 1) * length));
      out.put(GuidedUpscale.USUAL.apply(small, Picture.of(frame)).toFrame(frame.pts(), frame.duration()));
      progress();
    });
  }

  private void progress() {
    request.monitor().progress(++done, total);
  }
}
