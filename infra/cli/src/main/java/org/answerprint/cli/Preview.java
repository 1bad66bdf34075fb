package org.answerprint.cli;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.answerprint.events.JobId;
import org.answerprint.events.ObjectVersion;
import org.answerprint.events.TaskKey;
import org.answerprint.faults.RequestFault;
import org.answerprint.faults.TransientFault;
import org.answerprint.frames.FrameSpec;
import org.answerprint.frames.PixelFormat;
import org.answerprint.frames.RawFrame;
import org.answerprint.frames.TimeBase;
import org.answerprint.jobs.Job;
import org.answerprint.jobs.JobKeys;
import org.answerprint.jobs.JobStore;
import org.answerprint.media.FileBytes;
import org.answerprint.media.Limits;
import org.answerprint.media.VideoFile;
import org.answerprint.media.VideoInfo;
import org.answerprint.media.sandbox.SandboxedVideo;
import org.answerprint.recipe.Changes;
import org.answerprint.recipe.Recipe;
import org.answerprint.recipe.ShotRecipe;
import org.answerprint.recipe.StoryItem;
import org.answerprint.recipe.Transition;
import org.answerprint.shots.DetectedShot;
import org.answerprint.shots.ShotDetector;
import org.answerprint.shots.ShotOptions;
import org.answerprint.storage.ObjectStore;

/**
 * One picture of each shot, to be edited before anything else is: a story of still images of one frame each, which goes through the
 * chain like any other.
 *
 * @param pictures in order, with what is to be done to each
 */
record Preview(List<Still> pictures) {

  private static final int MOST_SHOTS = 200;
  private static final Duration ONE_FRAME = Duration.ofMillis(40);
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration PAUSE = Duration.ofMillis(100);

  /** The middle frame of a shot as PNG, and what the recipe asks of that shot. */
  record Still(byte[] png, ShotRecipe recipe) {}

  /**
   * Finds the shots of a video, and a picture of each.
   *
   * @throws RequestFault where it is no video, or has too many shots
   */
  static Preview of(Path video, Recipe recipe) {
    if (recipe.isStory()) {
      throw new RequestFault("a preview is of one video, and the recipe tells a story; leave --preview out");
    }
    try (VideoFile film = SandboxedVideo.open(FileBytes.open(video), Limits.STANDARD)) {
      VideoInfo info = film.info().video();
      List<DetectedShot> shots = new ArrayList<>();
      long[] pts = times(film, info.timeBase(), shots);
      if (shots.size() > MOST_SHOTS) {
        throw new RequestFault(video + " has " + shots.size() + " shots, and a preview shows at most " + MOST_SHOTS);
      }
      List<Still> pictures = new ArrayList<>();
      for (int i = 0; i < shots.size(); i++) {
        DetectedShot shot = shots.get(i).tiled();
        ShotRecipe asked = recipe.forShot(i + 1, info.timeBase().duration(pts[shot.start()] - pts[0]));
        picture(film, spec(info), pts[(shot.start() + shot.end()) / 2]).ifPresent(png -> pictures.add(new Still(png, asked)));
      }
      return new Preview(pictures);
    }
  }

  private static long[] times(VideoFile film, TimeBase base, List<DetectedShot> shots) {
    ShotDetector detector = new ShotDetector(base, ShotOptions.defaults(), shots::add);
    long[][] pts = {new long[1024]};
    int[] count = {0};
    film.scan(Long.MIN_VALUE, Long.MAX_VALUE, ShotDetector.SPEC, (frame, key) -> {
      pts[0] = count[0] < pts[0].length ? pts[0] : Arrays.copyOf(pts[0], 2 * count[0]);
      pts[0][count[0]++] = frame.pts();
      detector.put(frame);
    });
    detector.finish();
    return Arrays.copyOf(pts[0], count[0]);
  }

  /** Square pixels of the film's own number. */
  private static FrameSpec spec(VideoInfo video) {
    double width = (double) video.width() * video.aspectNum() / video.aspectDen();
    return new FrameSpec(PixelFormat.RGB24, Math.max(2, (int) Math.round(width / 2) * 2), Math.max(2, video.height() / 2 * 2));
  }

  private static Optional<byte[]> picture(VideoFile film, FrameSpec spec, long pts) {
    byte[][] png = new byte[1][];
    film.read(pts, pts + 1, spec, frame -> png[0] = png(frame));
    return Optional.ofNullable(png[0]);
  }

  private static byte[] png(RawFrame frame) {
    BufferedImage image = new BufferedImage(frame.width(), frame.height(), BufferedImage.TYPE_INT_RGB);
    byte[] rgb = frame.data();
    for (int i = 0; i < frame.width() * frame.height(); i++) {
      int pixel = (rgb[3 * i] & 0xff) << 16 | (rgb[3 * i + 1] & 0xff) << 8 | rgb[3 * i + 2] & 0xff;
      image.setRGB(i % frame.width(), i / frame.width(), pixel);
    }
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", png);
    } catch (IOException e) {
      throw new UncheckedIOException("memory takes every picture", e);
    }
    return png.toByteArray();
  }

  /** The recipe that edits these pictures, lying under a folder of the bucket. */
  Recipe story(Recipe recipe, String folder) {
    List<StoryItem> items = new ArrayList<>();
    for (int i = 0; i < pictures.size(); i++) {
      items.add(new StoryItem(key(folder, i), Optional.of(ONE_FRAME), changes(pictures.get(i).recipe())));
    }
    return new Recipe(recipe.base(), recipe.onShotFailure(), recipe.maxCost(), List.of(), items);
  }

  private static Changes changes(ShotRecipe shot) {
    return new Changes(Optional.of(shot.method()), shot.model(), shot.prompt(), shot.sourcePrompt(), OptionalLong.of(shot.seed()),
        shot.steps(), Optional.of(shot.options()), Optional.of(Transition.CUT));
  }

  private static String key(String folder, int i) {
    return folder + String.format(Locale.ROOT, "%04d.png", i + 1);
  }

  /**
   * Lands the story, and its pictures when they are waited for: nobody else edits pictures.
   *
   * @param landed the film's recipe
   * @param folder of the bucket in which all of it lies
   * @return the id of the job that there is or will be for it
   */
  JobId land(JobStore jobs, Recipe landed, String folder) {
    ObjectStore store = jobs.objects();
    String bucket = jobs.buckets().in();
    store.putIfAbsent(bucket, recipeKey(folder), story(landed, folder).canonical().getBytes(StandardCharsets.UTF_8), "application/yaml");
    awaitStory(jobs, TaskKey.hashOf(List.of(bucket, key(folder, pictures.size() - 1))).value());
    for (int i = 0; i < pictures.size(); i++) {
      store.putIfAbsent(bucket, key(folder, i), pictures.get(i).png(), "image/png");
    }
    return find(jobs, landed, folder).orElseThrow(() -> new TransientFault(
        "pictures are gone from " + folder + " in bucket " + bucket + " again; run the same command once more"));
  }

  /** The id of the job that there is or will be for a preview that has landed there; empty where not all of it has. */
  Optional<JobId> find(JobStore jobs, Recipe landed, String folder) {
    List<String> keys = new ArrayList<>(List.of(recipeKey(folder)));
    IntStream.range(0, pictures.size()).forEach(i -> keys.add(key(folder, i)));
    List<ObjectVersion> versions = keys.stream().flatMap(key -> version(jobs.objects(), jobs.buckets().in(), key).stream()).toList();
    return versions.size() < keys.size() ? Optional.empty() : Optional.of(Job.idOf(versions, story(landed, folder).canonical()));
  }

  private static String recipeKey(String folder) {
    return folder + "preview.recipe.yaml";
  }

  /** Where ingest is away for long, the pictures are rejected, and the story runs all the same when it comes. */
  private static void awaitStory(JobStore jobs, String lastPicture) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try {
      while (jobs.list(JobKeys.waitingFolder(lastPicture)).isEmpty() && System.nanoTime() < deadline) {
        Thread.sleep(PAUSE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TransientFault("landing the preview was interrupted; run the same command once more", e);
    }
  }

  private static Optional<ObjectVersion> version(ObjectStore store, String bucket, String key) {
    return store.head(bucket, key).map(info -> Job.input(bucket, info));
  }
}
