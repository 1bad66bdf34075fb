package org.answerprint.testkit;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.answerprint.events.ObjectVersion;
import org.answerprint.frames.Colour;
import org.answerprint.frames.FrameSpec;
import org.answerprint.frames.PixelFormat;
import org.answerprint.frames.TimeBase;
import org.answerprint.jobs.Estimate;
import org.answerprint.jobs.Job;
import org.answerprint.jobs.JobKeys;
import org.answerprint.jobs.JoinSpec;
import org.answerprint.jobs.Order;
import org.answerprint.jobs.Plan;
import org.answerprint.jobs.PlannedShot;
import org.answerprint.jobs.Pricing;
import org.answerprint.jobs.ShotIndex;
import org.answerprint.jobs.SourceFilm;
import org.answerprint.jobs.TaskPlanner;
import org.answerprint.media.EncoderSettings;
import org.answerprint.media.MediaInfo;
import org.answerprint.media.VideoFile;
import org.answerprint.recipe.Recipe;
import org.answerprint.shots.Cut;
import org.answerprint.stage.Stage;
import org.answerprint.storage.ObjectInfo;

/** Jobs as the stages before would have left them. */
public final class TestJobs {

  private static final TimeBase STILL_TIME = new TimeBase(1, 90_000);
  private static final int STILL_RATE = 25;

  private TestJobs() {}

  /** A film in the bucket, accepted under a recipe. */
  public static Job accepted(Stage stage, String key, byte[] film, Recipe recipe) {
    return accepted(stage, key, film, recipe, Map.of());
  }

  /** The same with the digests of the models that the recipe names. */
  public static Job accepted(Stage stage, String key, byte[] film, Recipe recipe, Map<String, String> models) {
    return accepted(stage, key, film, Optional.empty(), recipe, models);
  }

  /** A picture in the bucket, accepted as a film that shows it for so long. */
  public static Job acceptedStill(Stage stage, String key, byte[] picture, Duration length, Recipe recipe) {
    return accepted(stage, key, picture, Optional.of(length), recipe, Map.of());
  }

  private static Job accepted(
      Stage stage, String key, byte[] film, Optional<Duration> shown, Recipe recipe, Map<String, String> models) {
    String bucket = stage.jobs().buckets().in();
    stage.store().put(bucket, key, film, "video/mp4");
    ObjectInfo info = stage.store().head(bucket, key).orElseThrow();
    ObjectVersion object = Job.input(bucket, info);
    SourceFilm source = new SourceFilm(object, info.tag(), shown.isPresent(), probe(stage, object, info.tag(), shown.isPresent()), shown);
    EncoderSettings encoder = shown.isEmpty() ? EncoderSettings.choose(source.info().video())
        : EncoderSettings.choose(source.info().video().width(), source.info().video().height(), STILL_TIME, STILL_RATE, 1, Colour.BT709, 8);
    Order order = new Order(List.of(source), recipe, encoder, encoder.timeBase(), Map.of(), models, Pricing.NONE, new Estimate(0, 0, BigDecimal.ZERO), 0);
    Job job = new Job(Job.idOf(List.of(object), recipe.canonical()), object, Instant.EPOCH, Optional.empty(), Optional.of(order));
    stage.jobs().mark(JobKeys.open(job.id()));
    stage.jobs().write(JobKeys.job(job.id()), job);
    return job;
  }

  private static MediaInfo probe(Stage stage, ObjectVersion object, String tag, boolean still) {
    try (VideoFile film = stage.films().open(object.bucket(), object.key(), tag, object.size(), still)) {
      return film.info();
    }
  }

  /** The whole film of an accepted job planned as shots that end at these frames. */
  public static Plan planned(Stage stage, Job job, int... ends) {
    long[] pts = times(stage, job);
    TaskPlanner planner = new TaskPlanner(job);
    PlannedShot[] shots = new PlannedShot[ends.length];
    JoinSpec before = JoinSpec.CUT;
    for (int i = 0; i < ends.length; i++) {
      int from = i == 0 ? 0 : ends[i - 1];
      long[] own = Arrays.copyOfRange(pts, from, ends[i]);
      shots[i] = planner.plan(new TaskPlanner.Found(i + 1, 0, i == 0 ? Cut.START : Cut.HARD, from, own, own, pts[ends[i]], pts[0],
          i + 1 == ends.length), before, new long[] {own[0]});
      before = shots[i].join();
      stage.jobs().write(JobKeys.shotIndex(job.id(), i + 1), new ShotIndex(shots[i], own, own, new long[] {own[0]}));
    }
    Plan plan = new Plan(List.of(shots), ends[ends.length - 1], new Estimate(ends[ends.length - 1], 0, BigDecimal.ZERO), 0);
    stage.jobs().write(JobKeys.plan(job.id()), plan);
    return plan;
  }

  /** The pts of every frame, and behind them the end of the last. */
  private static long[] times(Stage stage, Job job) {
    SourceFilm source = job.accepted().sources().getFirst();
    TimeBase time = source.info().video().timeBase();
    long[] found = new long[10_000];
    int[] count = {0};
    try (VideoFile film = stage.films().open(source)) {
      film.read(Long.MIN_VALUE, Long.MAX_VALUE, new FrameSpec(PixelFormat.GRAY8, 16, 16), frame -> {
        found[count[0]++] = frame.pts();
        found[count[0]] = frame.pts() + Math.max(frame.duration(), time.ticks(1_000_000));
      });
    }
    return Arrays.copyOf(found, count[0] + 1);
  }
}
