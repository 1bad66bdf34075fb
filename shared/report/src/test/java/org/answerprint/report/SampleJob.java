package org.answerprint.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.answerprint.events.FailureKind;
import org.answerprint.events.ObjectVersion;
import org.answerprint.events.TaskKey;
import org.answerprint.frames.Colour;
import org.answerprint.frames.PixelFormat;
import org.answerprint.frames.TimeBase;
import org.answerprint.jobs.Assembly;
import org.answerprint.jobs.DoneMark;
import org.answerprint.jobs.EditTask;
import org.answerprint.jobs.Estimate;
import org.answerprint.jobs.FailedMark;
import org.answerprint.jobs.Job;
import org.answerprint.jobs.JobKeys;
import org.answerprint.jobs.JobSnapshot;
import org.answerprint.jobs.JobStore;
import org.answerprint.jobs.JoinSpec;
import org.answerprint.jobs.Order;
import org.answerprint.jobs.Plan;
import org.answerprint.jobs.PlannedShot;
import org.answerprint.jobs.Prices;
import org.answerprint.jobs.Pricing;
import org.answerprint.jobs.Reconciler;
import org.answerprint.jobs.SourceFilm;
import org.answerprint.jobs.Step;
import org.answerprint.jobs.TaskPlanner;
import org.answerprint.jobs.TransitionTask;
import org.answerprint.media.AudioInfo;
import org.answerprint.media.DecodeHealth;
import org.answerprint.media.EncoderSettings;
import org.answerprint.media.FilmReport;
import org.answerprint.media.MediaInfo;
import org.answerprint.media.Signal;
import org.answerprint.media.VideoInfo;
import org.answerprint.methods.Methods;
import org.answerprint.recipe.Parsed;
import org.answerprint.recipe.Recipe;
import org.answerprint.recipe.RecipeReader;
import org.answerprint.shots.Cut;
import org.answerprint.storage.Buckets;
import org.answerprint.storage.Digests;
import org.answerprint.storage.MemoryObjectStore;

/** A job that the real planner plans and the real reconciler runs, with workers that only write marks and facts. */
final class SampleJob {

  static final Instant CREATED = Instant.parse("2026-11-21T10:00:00Z");
  static final Clock CLOCK = Clock.fixed(CREATED.plusMillis(90_500), ZoneOffset.UTC);
  static final int TICKS = 512;
  static final long FILM_START = 1024;
  static final String FILM_DIGEST = Digests.sha256(new byte[] {1});
  static final DecodeHealth CLEAN = new DecodeHealth(0, 0, 0);

  private static final Pricing PRICING = new Pricing(new Prices(new BigDecimal("0.01"), "EUR", 30), Map.of());
  private static final TimeBase BASE = new TimeBase(1, 12288);
  private static final AudioInfo AAC = new AudioInfo(1, "aac", 48000, 2, new TimeBase(1, 48000), 0, "", true, true);

  final JobStore store = new JobStore(new MemoryObjectStore(CLOCK), Buckets.prefixed("answerprint"));
  final Job job;
  final Plan plan;
  private final Map<TaskKey, FailedMark> failed = new HashMap<>();
  private final Set<TaskKey> found = new HashSet<>();
  private final Map<TaskKey, DecodeHealth> health = new HashMap<>();
  private final Map<TaskKey, String> captions = new HashMap<>();
  private final Set<TaskKey> withoutFacts = new HashSet<>();

  SampleJob(String recipe, int... frames) {
    this(recipe, List.of(AAC), frames);
  }

  SampleJob(String recipe, List<AudioInfo> audio, int... frames) {
    job = job(recipe(recipe), audio);
    plan = plan(frames);
  }

  private static Recipe recipe(String yaml) {
    return switch (RecipeReader.read(yaml, "recipe.yaml", Methods.catalogue())) {
      case Parsed.Valid(var recipe) -> recipe;
      case Parsed.Invalid invalid -> throw new AssertionError(invalid.message());
    };
  }

  private static Job job(Recipe recipe, List<AudioInfo> audio) {
    var upload = new ObjectVersion("answerprint-in", "holiday/beach.mp4", "v1", 12_345_678);
    var video = new VideoInfo(0, "h264", 640, 360, 640, 360, 1, 1, 0, false, BASE, FILM_START, 24, 1, 0, 8, "yuv420p",
        Colour.BT709, false, PixelFormat.YUV420P, Signal.PLAIN);
    var source = new SourceFilm(upload, "tag-1", false, new MediaInfo("mov,mp4", 0, upload.size(), video, audio), Optional.empty());
    var order = new Order(List.of(source), recipe, EncoderSettings.choose(video), BASE, Map.of("looks/warm.cube", "tag-2"), Map.of("tiny", Digests.sha256(new byte[] {2})),
        PRICING, new Estimate(0, 0, new BigDecimal("0.5")), 0.25);
    return new Job(Job.idOf(List.of(upload), recipe.canonical()), upload, CREATED, Optional.empty(), Optional.of(order));
  }

  private Plan plan(int... frames) {
    var planner = new TaskPlanner(job);
    var shots = new ArrayList<PlannedShot>();
    JoinSpec before = JoinSpec.CUT;
    int first = 0;
    for (int i = 0; i < frames.length; i++) {
      long start = FILM_START + (long) first * TICKS;
      long[] times = LongStream.range(0, frames[i]).map(frame -> start + frame * TICKS).toArray();
      var shot = planner.plan(new TaskPlanner.Found(i + 1, 0, i == 0 ? Cut.START : Cut.HARD, first, times, times,
          start + (long) frames[i] * TICKS, FILM_START, i == frames.length - 1), before, new long[0]);
      shots.add(shot);
      before = shot.join();
      first += frames[i];
    }
    return new Plan(shots, first, new Estimate(first, 1, BigDecimal.ZERO), 1.5);
  }

  PlannedShot shot(int number) {
    return plan.shots().get(number - 1);
  }

  SampleJob failing(TaskKey task, String reason) {
    failed.put(task, new FailedMark(3, FailureKind.TRANSIENT, reason));
    return this;
  }

  SampleJob finding(TaskKey task) {
    found.add(task);
    return this;
  }

  SampleJob decoding(TaskKey task, DecodeHealth what) {
    health.put(task, what);
    return this;
  }

  SampleJob captioned(TaskKey task, String caption) {
    captions.put(task, caption);
    return this;
  }

  SampleJob withoutFacts(TaskKey task) {
    withoutFacts.add(task);
    return this;
  }

  /** The transition that the recipe asks for behind a shot whose edits succeed. */
  TransitionTask transition(int left) {
    return new TaskPlanner(job).transition(shot(left), shot(left).edits(), shot(left + 1), shot(left + 1).edits(), false).orElseThrow();
  }

  /** Runs the job to its end. */
  Assembly assembly() {
    failed.forEach((key, mark) -> store.write(JobKeys.failed(job.id(), key), mark));
    var done = new HashSet<TaskKey>();
    for (int round = 0; round < 5; round++) {
      for (Step step : Reconciler.decide(new JobSnapshot(job, false, false, Optional.of(plan), plan.shots(), done, failed))) {
        switch (step) {
          case Step.Edit(EditTask task) -> work(task, done);
          case Step.Bridge(TransitionTask task) -> work(task, done);
          case Step.Assemble(Assembly assembly) -> {
            return assembly;
          }
          case Step.Extract _, Step.Finish _, Step.Close _ -> throw new AssertionError("the job takes an unexpected step: " + step);
        }
      }
    }
    throw new AssertionError("the job comes to no end");
  }

  private void work(EditTask task, Set<TaskKey> done) {
    int frames = task.frames() - task.headFrames() - task.tailFrames();
    work(task.key(), JobKeys.takeFacts(task.key()), facts(task.key(), task.method(), frames), done);
  }

  private void work(TransitionTask task, Set<TaskKey> done) {
    work(task.key(), JobKeys.transitionFacts(task.key()), facts(task.key(), task.type(), task.leftFrames() + task.rightFrames()), done);
  }

  private void work(TaskKey key, String factsKey, TaskFacts facts, Set<TaskKey> done) {
    if (!withoutFacts.contains(key)) {
      store.write(factsKey, facts);
    }
    store.write(JobKeys.done(job.id(), key), found.contains(key) ? new DoneMark(0, 0) : new DoneMark(1, 2.0004));
    done.add(key);
  }

  private TaskFacts facts(TaskKey key, String method, int frames) {
    return new TaskFacts(method, "1", frames, 2, 1000, Digests.sha256(key.value().getBytes(StandardCharsets.US_ASCII)),
        health.getOrDefault(key, CLEAN), "worker-1", Optional.ofNullable(captions.get(key)));
  }

  /** A film that came out as planned, with the source's own sound. */
  FilmReport film() {
    return new FilmReport(plan.frames(), 0, plan.frames() * TICKS, 0, 99, "aac", true, Digests.sha256(new byte[] {2}), 54_321);
  }

  FinishedFilm finished(FilmReport film) {
    return FinishedFilm.gather(store, job, plan, assembly(), film, FILM_DIGEST, 0.75);
  }

  Report report() {
    return report(film());
  }

  Report report(FilmReport film) {
    Report report = new ReportBuilder("0.1.0", CLOCK).report(finished(film));
    assertThat(report.job()).isEqualTo(job.id());
    return report;
  }
}
