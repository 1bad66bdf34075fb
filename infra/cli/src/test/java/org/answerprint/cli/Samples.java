package org.answerprint.cli;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.answerprint.events.EndState;
import org.answerprint.events.ObjectRef;
import org.answerprint.events.ObjectVersion;
import org.answerprint.events.TaskKey;
import org.answerprint.frames.Colour;
import org.answerprint.frames.PixelFormat;
import org.answerprint.frames.TimeBase;
import org.answerprint.jobs.DoneMark;
import org.answerprint.jobs.End;
import org.answerprint.jobs.Estimate;
import org.answerprint.jobs.Job;
import org.answerprint.jobs.JobKeys;
import org.answerprint.jobs.JobStore;
import org.answerprint.jobs.JoinSpec;
import org.answerprint.jobs.Order;
import org.answerprint.jobs.Plan;
import org.answerprint.jobs.PlannedShot;
import org.answerprint.jobs.Pricing;
import org.answerprint.jobs.SourceFilm;
import org.answerprint.jobs.TaskPlanner;
import org.answerprint.jobs.TransitionTask;
import org.answerprint.media.EncoderSettings;
import org.answerprint.media.MediaInfo;
import org.answerprint.media.Signal;
import org.answerprint.media.VideoInfo;
import org.answerprint.methods.Methods;
import org.answerprint.recipe.RecipeReader;
import org.answerprint.shots.Cut;
import org.answerprint.storage.Buckets;
import org.answerprint.storage.MemoryObjectStore;

/** A job over a film of 25 frames a second, whose objects are laid down one by one. */
final class Samples {

  static final Buckets BUCKETS = Buckets.prefixed("test");
  static final Instant NOON = Instant.parse("2026-03-04T12:00:00Z");
  static final String LOOK = "method: look\noptions: { lut: looks/a.cube }\n";
  private static final TimeBase TICKS = new TimeBase(1, 12_800);
  private static final long FRAME = 512;

  final JobStore jobs = new JobStore(new MemoryObjectStore(Clock.systemUTC()), BUCKETS);
  final Job job;
  final List<PlannedShot> shots = new ArrayList<>();

  Samples(String recipe, int... frames) {
    this("films/a.mp4", recipe, frames);
  }

  Samples(String key, String recipe, int... frames) {
    ObjectVersion upload = new ObjectVersion(BUCKETS.in(), key, "v1", 1000);
    VideoInfo video = new VideoInfo(
        0, "h264", 64, 48, 64, 48, 1, 1, 0, false, TICKS, 0, 25, 1, 250, 8, "yuv420p", Colour.BT709, false,
        PixelFormat.YUV420P, Signal.PLAIN);
    Order order = new Order(
        List.of(new SourceFilm(upload, "tag", false, new MediaInfo("mov,mp4", 10_000_000, 1000, video, List.of()), Optional.empty())),
        RecipeReader.read(recipe, "the test", Methods.catalogue()).orThrow(),
        new EncoderSettings("libx264", PixelFormat.YUV420P, Map.of(), 250, 64, 48, TICKS, 25, 1, Colour.BT709, 1, 1,
            Signal.PLAIN),
        TICKS, Map.of("looks/a.cube", "lut-1"), Map.of(), Pricing.NONE, estimate(), 0.25);
    this.job = new Job(Job.idOf(List.of(upload), order.recipe().canonical()), upload, NOON, Optional.empty(), Optional.of(order));
    TaskPlanner planner = new TaskPlanner(job);
    JoinSpec before = JoinSpec.CUT;
    long first = 0;
    for (int i = 0; i < frames.length; i++) {
      long[] times = LongStream.range(first, first + frames[i]).map(n -> n * FRAME).toArray();
      PlannedShot shot = planner.plan(new TaskPlanner.Found(i + 1, 0, i == 0 ? Cut.START : Cut.HARD, first, times, times,
          (first + frames[i]) * FRAME, 0, i + 1 == frames.length), before, new long[0]);
      shots.add(shot);
      before = shot.join();
      first += frames[i];
    }
  }

  private static Estimate estimate() {
    return new Estimate(250, 1.5, BigDecimal.ZERO);
  }

  Samples accepted() {
    jobs.mark(JobKeys.open(job.id()));
    jobs.write(JobKeys.job(job.id()), job);
    return this;
  }

  Samples planned() {
    jobs.write(JobKeys.plan(job.id()), new Plan(shots, shots.stream().mapToLong(PlannedShot::frames).sum(), estimate(), 0.5));
    return this;
  }

  TaskKey take(int shot) {
    return shots.get(shot - 1).edits().getFirst().key();
  }

  TaskKey fallback(int shot) {
    return shots.get(shot - 1).fallbacks().getFirst().key();
  }

  TransitionTask join(int after) {
    PlannedShot left = shots.get(after - 1);
    PlannedShot right = shots.get(after);
    return new TaskPlanner(job).transition(left, left.edits(), right, right.edits(), false).orElseThrow();
  }

  /** A task's output with its mark. */
  Samples done(TaskKey task, String output) {
    put(output, 100);
    jobs.write(JobKeys.done(job.id(), task), new DoneMark(1, 2.0));
    return this;
  }

  void put(String key, int bytes) {
    jobs.objects().put(BUCKETS.work(), key, new byte[bytes], "application/octet-stream");
  }

  Samples ended(EndState state) {
    boolean made = state == EndState.FINAL;
    if (made) {
      jobs.objects().put(BUCKETS.out(), job.filmKey(), "film".getBytes(StandardCharsets.UTF_8), "video/mp4");
    }
    jobs.end(job.id(), new End(state, made ? Optional.empty() : Optional.of("the reason"),
        made ? Optional.of(new ObjectRef(BUCKETS.out(), job.filmKey())) : Optional.empty(), NOON.plusSeconds(60)));
    jobs.close(job.id());
    return this;
  }

  Retries retries() {
    return new Retries(jobs, Clock.fixed(NOON.plusSeconds(90), java.time.ZoneOffset.UTC));
  }
}
