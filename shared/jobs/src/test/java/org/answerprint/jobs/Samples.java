package org.answerprint.jobs;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.answerprint.events.ObjectVersion;
import org.answerprint.frames.Colour;
import org.answerprint.frames.PixelFormat;
import org.answerprint.frames.TimeBase;
import org.answerprint.media.AudioInfo;
import org.answerprint.media.EncoderSettings;
import org.answerprint.media.MediaInfo;
import org.answerprint.media.Signal;
import org.answerprint.media.VideoInfo;
import org.answerprint.methods.Methods;
import org.answerprint.recipe.Parsed;
import org.answerprint.recipe.Recipe;
import org.answerprint.recipe.RecipeReader;
import org.answerprint.shots.Cut;
import org.answerprint.storage.Buckets;

/** Jobs over a small film of 25 frames a second. */
final class Samples {

  static final Buckets BUCKETS = Buckets.prefixed("test");
  static final Instant NOON = Instant.parse("2026-03-04T12:00:00Z");
  static final TimeBase TICKS = new TimeBase(1, 12_800);
  static final long FRAME = 512;
  static final String LOOK = "method: look\noptions: { lut: looks/a.cube }\n";

  private Samples() {}

  static VideoInfo video() {
    return new VideoInfo(0, "h264", 64, 48, 64, 48, 1, 1, 0, false, TICKS, 0, 25, 1, 250, 8, "yuv420p", Colour.BT709,
        false, PixelFormat.YUV420P, Signal.PLAIN);
  }

  static MediaInfo info() {
    return new MediaInfo("mov,mp4", 10_000_000, 1000, video(),
        List.of(new AudioInfo(1, "aac", 48_000, 2, new TimeBase(1, 48_000), -1024, "und", true, true)));
  }

  static EncoderSettings encoder() {
    return new EncoderSettings("libx264", PixelFormat.YUV420P, Map.of("crf", "18", "preset", "veryfast"), 250, 64, 48,
        TICKS, 25, 1,
        Colour.BT709, 1, 1, Signal.PLAIN);
  }

  static SourceFilm source(String tag) {
    return new SourceFilm(new ObjectVersion(BUCKETS.in(), "films/a b.mp4", "v-" + tag, 1000), tag, false, info(),
        Optional.empty());
  }

  static Estimate estimate(String cost) {
    return new Estimate(250, 1.5, new BigDecimal(cost));
  }

  static Recipe recipe(String yaml) {
    return switch (RecipeReader.read(yaml, "the test", Methods.catalogue())) {
      case Parsed.Valid(var recipe) -> recipe;
      case Parsed.Invalid invalid -> throw new IllegalArgumentException(invalid.message());
    };
  }

  static Order order(String yaml) {
    return new Order(List.of(source("tag-a")), recipe(yaml), encoder(), TICKS, Map.of("looks/a.cube", "lut-1"), Map.of("tiny", "a1"),
        Pricing.NONE, estimate("0"), 0.25);
  }

  static Job job(Order order) {
    ObjectVersion upload = order.sources().getFirst().object();
    return new Job(Job.idOf(List.of(upload), order.recipe().canonical()), upload, NOON, Optional.empty(),
        Optional.of(order));
  }

  static Job job(String yaml) {
    return job(order(yaml));
  }

  /** The shot that starts at that frame of the film. */
  static TaskPlanner.Found found(int number, long firstFrame, int frames, boolean last) {
    long[] times = LongStream.range(firstFrame, firstFrame + frames).map(i -> i * FRAME).toArray();
    return new TaskPlanner.Found(number, 0, number == 1 ? Cut.START : Cut.HARD, firstFrame, times, times,
        (firstFrame + frames) * FRAME, 0, last);
  }

  /** The film's shots, one after another. */
  static List<PlannedShot> shots(Job job, int... frames) {
    TaskPlanner planner = new TaskPlanner(job);
    List<PlannedShot> shots = new ArrayList<>();
    JoinSpec before = JoinSpec.CUT;
    long first = 0;
    for (int i = 0; i < frames.length; i++) {
      PlannedShot shot = planner.plan(found(i + 1, first, frames[i], i + 1 == frames.length), before, new long[0]);
      shots.add(shot);
      before = shot.join();
      first += frames[i];
    }
    return shots;
  }

  static Plan plan(List<PlannedShot> shots) {
    return new Plan(shots, shots.stream().mapToLong(PlannedShot::frames).sum(), estimate("0"), 0.5);
  }
}
