package org.answerprint.methods;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;
import org.answerprint.bundles.Bundle;
import org.answerprint.bundles.BundleCache;
import org.answerprint.bundles.CheckpointReader;
import org.answerprint.frames.Colour;
import org.answerprint.frames.FrameSink;
import org.answerprint.frames.FrameSpec;
import org.answerprint.frames.RawFrame;
import org.answerprint.media.EncoderSettings;
import org.answerprint.media.FileBytes;
import org.answerprint.media.FilterGraph;
import org.answerprint.media.Limits;
import org.answerprint.media.SegmentWriter;
import org.answerprint.media.VideoFile;
import org.answerprint.media.sandbox.SandboxedVideo;
import org.answerprint.models.Definitions;
import org.answerprint.models.Model;
import org.answerprint.pipeline.ImageModelWork;
import org.answerprint.pipeline.Pipelines;
import org.answerprint.recipe.OptionValue;
import org.answerprint.recipe.Options;
import org.answerprint.recipe.ShotRecipe;
import org.answerprint.recipe.Transition;
import org.answerprint.runtime.Engine;

/**
 * Measures what {@link EditMethod#effort} assumes, in processor seconds, so that a busy machine tells nearly the same: how many pixels a
 * second are decoded, edited and encoded, and how many operations a second a model's networks reach. Arguments: a film; then, for {@code pix2video}, a checkpoint's folder, frames, steps and
 * the shorter side in pixels.
 */
final class EffortBenchmark {

  private EffortBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    Path film = Path.of(arguments[0]);
    try (VideoFile video = SandboxedVideo.open(FileBytes.open(film), Limits.STANDARD)) {
      EncoderSettings settings = EncoderSettings.choose(video.info().video());
      if (arguments.length == 1) {
        coded(video, settings, "none", frame -> frame);
        Path table = table();
        try (FilterGraph look = FilterGraph.lookUpTable(table, settings.pixelFormat(), settings.width(), settings.height(), settings.colour())) {
          coded(video, settings, "look", look::apply);
        }
      } else {
        networks(video, settings, Path.of(arguments[1]), IntStream.of(2, 3, 4).map(i -> Integer.parseInt(arguments[i])).toArray());
      }
    }
  }

  private interface Edit {
    RawFrame of(RawFrame frame);
  }

  private static void coded(VideoFile video, EncoderSettings settings, String name, Edit edit) throws Exception {
    Path file = Files.createTempFile("effort", ".segment");
    long[] frames = {0};
    double seconds = timed(() -> {
      try (SegmentWriter segment = SegmentWriter.create(file, settings)) {
        video.read(Long.MIN_VALUE, Long.MAX_VALUE, new FrameSpec(settings.pixelFormat(), settings.width(), settings.height()), frame -> {
          segment.put(edit.of(frame));
          frames[0]++;
        });
        segment.finish();
      }
      return frames[0];
    });
    Files.delete(file);
    System.out.printf(Locale.ROOT, "%s: %.1f million pixels a second%n", name, frames[0] * settings.width() * settings.height() / seconds / 1e6);
  }

  private static void networks(VideoFile video, EncoderSettings settings, Path checkpoint, int[] order) throws Exception {
    int frames = order[0];
    Path cache = Files.createTempDirectory("effort");
    Bundle bundle = new BundleCache(cache).add(CheckpointReader.read(checkpoint, new Definitions(), false), "measured").bundle();
    ShotRecipe recipe = new ShotRecipe("pix2video", Optional.of("measured"), Optional.of("a"), Optional.of("b"), 0, OptionalInt.of(order[1]),
        Options.of(Map.of("resolution", new OptionValue.Number(BigDecimal.valueOf(order[2])))), Transition.CUT);
    EditMethod method = Methods.byName("pix2video");
    Effort effort = method.effort(recipe, frames, settings, Optional.of(ImageModelWork.of(Model.of(bundle).components())));
    try (Pipelines pipelines = new Pipelines(Engine.cpu())) {
      FrameSink nowhere = frame -> {};
      ShotFrames source = (spec, sink) -> {
        int[] left = {frames};
        video.read(Long.MIN_VALUE, Long.MAX_VALUE, spec, frame -> {
          if (left[0]-- > 0) {
            sink.put(frame);
          }
        });
      };
      DoubleSupplier run = () -> {
        method.edit(new EditRequest(source, frames, settings.pixelFormat(), settings.width(), settings.height(), 1, Colour.BT709, recipe, Map.of(),
            new Equipment(Optional.of(bundle), pipelines, Checkpoints.NONE), Monitor.NONE), nowhere);
        return frames;
      };
      run.getAsDouble();
      double seconds = timed(run);
      System.out.printf(Locale.ROOT, "pix2video: %.2f s for %.1f billion operations and %.2f s of pixels; %.1f billion a second%n", seconds,
          effort.gigaOperations(), effort.seconds(), effort.gigaOperations() / Math.max(1e-9, seconds - effort.seconds()));
    }
  }

  /** Processor seconds of this process and of the decoder beside it. */
  private static double timed(DoubleSupplier work) {
    double start = processor();
    work.getAsDouble();
    return processor() - start;
  }

  private static double processor() {
    double children = ProcessHandle.current().children().mapToDouble(child -> child.info().totalCpuDuration().map(Duration::toMillis).orElse(0L)).sum();
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime() / 1e9 + children / 1e3;
  }

  private static Path table() throws Exception {
    StringBuilder cube = new StringBuilder("LUT_3D_SIZE 2\n");
    for (int i = 0; i < 8; i++) {
      cube.append("%d %d %d%n".formatted(i & 1, i >> 1 & 1, i >> 2));
    }
    return Files.writeString(Files.createTempFile("effort", ".cube"), cube);
  }
}
