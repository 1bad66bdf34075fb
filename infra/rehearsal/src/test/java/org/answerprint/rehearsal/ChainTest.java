package org.answerprint.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.answerprint.events.EndState;
import org.answerprint.events.Fact;
import org.answerprint.events.FactCodec;
import org.answerprint.events.JobId;
import org.answerprint.events.Message;
import org.answerprint.events.TaskKey;
import org.answerprint.events.WorkItem;
import org.answerprint.frames.FrameSpec;
import org.answerprint.frames.PixelFormat;
import org.answerprint.frames.RawFrame;
import org.answerprint.jobs.End;
import org.answerprint.jobs.Job;
import org.answerprint.jobs.JobKeys;
import org.answerprint.media.AudioReader;
import org.answerprint.media.FileBytes;
import org.answerprint.media.Limits;
import org.answerprint.media.VideoReader;
import org.answerprint.report.Receipt;
import org.answerprint.report.Report;
import org.answerprint.stage.Stage;
import org.answerprint.storage.Digests;
import org.answerprint.testkit.Events;
import org.answerprint.testkit.Films;
import org.answerprint.testkit.HttpCalls;
import org.answerprint.testkit.SeenJobs;
import org.answerprint.testkit.StackResource;
import org.answerprint.toybox.SampleFilm;
import org.answerprint.worker.Worker;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole chain over a real broker and a real S3 server: what lands comes out edited. */
@QuarkusTest
@QuarkusTestResource(StackResource.class)
class ChainTest {

  /** Others are at work too where all tests run. */
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private static final SampleFilm SAMPLE = SampleFilm.of(160, 90, 12, 24, 21);
  private static final byte[] FILM = Films.encode(SAMPLE);
  private static final SampleFilm SHORT_SAMPLE = SAMPLE.first(2);
  private static final byte[] SHORT_FILM = Films.encode(SHORT_SAMPLE);

  /** Swaps red and blue: an edit that nobody can overlook. */
  private static final String SWAP = "LUT_3D_SIZE 2\n0 0 0\n0 0 1\n0 1 0\n0 1 1\n1 0 0\n1 0 1\n1 1 0\n1 1 1\n";

  @Inject Stage stage;
  @TestHTTPResource URI door;
  @TempDir Path temp;

  private Optional<Worker> worker = Optional.empty();
  private SeenJobs seen;

  @BeforeEach
  void look() {
    seen = new SeenJobs(stage.jobs());
  }

  @AfterEach
  void stopTheWorker() {
    worker.ifPresent(Worker::stop);
  }

  @Test
  void whatLandsComesOutEditedWithItsOwnSound() {
    work();
    put("looks/swap.cube", SWAP);
    put("whole/film.mp4.recipe.yaml", "method: look\noptions: {lut: looks/swap.cube}\ntransition: {type: dissolve, frames: 6}\n"
        + "shots: [{match: 2, method: none, transition: {type: morph, frames: 4}}]\n");
    put("whole/film.mp4", FILM);
    Job job = ended("whole/film.mp4", EndState.FINAL);
    Path film = download(job);
    assertThat(pts(film)).hasSize(SAMPLE.frameCount());
    assertThat(soundOf(film)).isEqualTo(soundOf(write("source.mp4", FILM)));
    Report report = report(job);
    assertThat(report.driftTicks()).isZero();
    assertThat(report.shots()).hasSizeGreaterThanOrEqualTo(4);
    assertThat(report.transitions()).hasSize(report.shots().size() - 1);
    assertThat(stage.store().head(stage.jobs().buckets().out(), job.contactSheetKey())).isPresent();
    assertThat(stage.store().head(stage.jobs().buckets().out(), job.latestKey())).isPresent();
    assertThat(redMinusBlue(film)).as("the look swaps red and blue in the first shot")
        .isCloseTo(-redMinusBlue(write("source.mp4", FILM)), org.assertj.core.data.Offset.offset(6.0));
  }

  @Test
  void theSameFilmUnderAnotherKeyReusesEveryTake() {
    work();
    byte[] film = Films.encode(SampleFilm.of(160, 90, 12, 14, 22).first(2));
    put("first/film.mp4", film);
    ended("first/film.mp4", EndState.FINAL);
    put("second/film.mp4", film);
    Job second = ended("second/film.mp4", EndState.FINAL);
    assertThat(stage.jobs().list(JobKeys.triesFolder(second.id())).stream().map(o -> o.key()).filter(k -> !k.contains("/extract/") && !k.contains("/assemble/")))
        .as("no edit was begun for the second job").isEmpty();
  }

  @Test
  void aShotThatFailsFallsBackToItsSourceAndTheOthersAreKept() {
    put("looks/late.cube", SWAP);
    put("fallback/recipe.yaml", "shots: [{match: 2, method: look, options: {lut: looks/late.cube}}]\ntransition: {type: dissolve, frames: 4}\n");
    put("fallback/film.mp4", SHORT_FILM);
    Job job = begun("fallback/film.mp4");
    stage.store().delete(stage.jobs().buckets().in(), "looks/late.cube");
    work();
    ended("fallback/film.mp4", EndState.FINAL);
    Report report = report(job);
    assertThat(report.shots().get(1).fallback()).isPresent();
    assertThat(report.shots().get(0).fallback()).isEmpty();
    assertThat(pts(download(job))).hasSize(SHORT_SAMPLE.frameCount());
  }

  @Test
  void aRecipeMayAskForTheJobToFailWithItsShot() {
    put("looks/early.cube", SWAP);
    put("fail/recipe.yaml", "onShotFailure: fail\nshots: [{match: 1, method: look, options: {lut: looks/early.cube}}]\n");
    put("fail/film.mp4", SHORT_FILM);
    Job job = begun("fail/film.mp4");
    stage.store().delete(stage.jobs().buckets().in(), "looks/early.cube");
    work();
    ended("fail/film.mp4", EndState.FAILED);
    assertThat(stage.jobs().end(job.id()).orElseThrow().reason().orElseThrow()).contains("shot 1").contains("looks/early.cube");
    List<String> out = new ArrayList<>();
    stage.store().list(stage.jobs().buckets().out(), "fail/", o -> out.add(o.key()));
    assertThat(out).as("nothing half-written").isEmpty();
  }

  @Test
  void whatMightHaveBeenTooDearIsMadeWhereItsShotsAreCheapEnoughAndPaidForBySeconds() {
    work();
    put("looks/dear.cube", SWAP);
    put("price/recipe.yaml", "maxCost: 0.14\nshots: [{match: 2, method: look, options: {lut: looks/dear.cube}}]\n");
    put("price/film.mp4", Films.encode(SampleFilm.of(160, 90, 12, 24, 28)));
    Job job = ended("price/film.mp4", EndState.FINAL);
    Receipt receipt = report(job).receipt().orElseThrow();
    assertThat(receipt.estimate()).isGreaterThan(job.accepted().recipe().maxCost().orElseThrow());
    assertThat(receipt.planned()).isPositive().isLessThanOrEqualTo(job.accepted().recipe().maxCost().orElseThrow());
    assertThat(receipt.shots()).hasSize(report(job).shots().size());
    assertThat(receipt.cost()).isPositive().isEqualByComparingTo(BigDecimal.valueOf(receipt.seconds()));
    assertThat(receipt.currency()).isEqualTo("USD");
  }

  @Test
  void whatIsTooDearIsRefusedBeforeAnyWorkerBegins() {
    work();
    put("dear/recipe.yaml", "maxCost: 0.02\n");
    put("dear/film.mp4", Films.encode(SampleFilm.of(160, 90, 12, 24, 29)));
    Job job = ended("dear/film.mp4", EndState.REJECTED);
    assertThat(stage.jobs().end(job.id()).orElseThrow().reason().orElseThrow())
        .matches("the planned work costs 0\\.[0-9]+ USD .*above the recipe's maxCost of 0\\.02 USD; raise maxCost to that.*");
    assertThat(stage.jobs().list(JobKeys.triesFolder(job.id())).stream().map(o -> o.key()).filter(k -> !k.contains("/extract/"))).isEmpty();
  }

  @Test
  void everyFunctionAnswersOverHttp() {
    JobId nobody = new JobId("nobody");
    TaskKey nothing = new TaskKey("nothing");
    assertThat(answered(new WorkItem.EditWork(nobody, nothing, 1, 1))).isEqualTo("failed");
    assertThat(answered(new WorkItem.TransitionWork(nobody, nothing, 1))).isEqualTo("failed");
    assertThat(answered(new Fact.ReviewRequested(nobody, "test"))).isEqualTo("done");
    assertThat(answered(new Fact.PartsCompleted(nobody))).isEqualTo("done");
    assertThat(HttpCalls.get(door.resolve("/metrics")).ok().body()).contains("answerprint_facts_total{fact=\"task_failed\"");
    assertThat(HttpCalls.get(door.resolve("/q/health")).ok().body()).contains("UP");
  }

  private String answered(Message message) {
    return Events.post(door, message).ok().text("/status");
  }

  @Test
  void pagesAndFloodsAreTurnedAwayAtTheDoor() {
    Message review = new Fact.ReviewRequested(new JobId("nobody"), "test");
    String body = FactCodec.json(review);
    assertThat(code(review, Map.of("Origin", "http://evil.example"), body)).isEqualTo(403);
    assertThat(code(review, Map.of("Host", "evil.example"), body)).isEqualTo(403);
    assertThat(code(review, Map.of(), " ".repeat(2 << 20) + body)).isEqualTo(413);
  }

  private int code(Message message, Map<String, String> more, String body) {
    Map<String, String> headers = new TreeMap<>(Events.headers(message));
    headers.putAll(more);
    return HttpCalls.post(door, headers, body).code();
  }

  @Test
  void aFilmThatIsReplacedWhileItIsReadEndsItsJobAndTheNewVersionHasItsOwn() {
    put("replaced/film.mp4", SHORT_FILM);
    Job old = begun("replaced/film.mp4");
    SampleFilm other = SampleFilm.of(160, 90, 12, 18, 27).first(2);
    put("replaced/film.mp4", Films.encode(other));
    work();
    Job fresh = awaitJob("replaced/film.mp4", job -> !job.id().equals(old.id()) && seen.isEnded(job));
    assertThat(stage.jobs().end(fresh.id()).orElseThrow().state()).isEqualTo(EndState.FINAL);
    assertThat(pts(download(fresh))).hasSize(other.frameCount());
    Job ended = awaitJob("replaced/film.mp4", job -> job.id().equals(old.id()) && seen.isEnded(job));
    End end = stage.jobs().end(ended.id()).orElseThrow();
    assertThat(end.state()).isEqualTo(EndState.FAILED);
    assertThat(end.reason().orElseThrow()).contains("was replaced while it was being read");
    String pointer = new String(stage.store().get(stage.jobs().buckets().out(), fresh.latestKey(), 1 << 16).orElseThrow(), StandardCharsets.UTF_8);
    assertThat(pointer).contains(fresh.id().value());
  }

  @Test
  void aCancelledJobStops() {
    put("cancel/film.mp4", SHORT_FILM);
    Job job = begun("cancel/film.mp4");
    stage.jobs().mark(JobKeys.cancelled(job.id()));
    stage.outbox().send(new Fact.ReviewRequested(job.id(), "cancel"));
    ended("cancel/film.mp4", EndState.CANCELLED);
  }

  @Test
  void aStoryOfAFilmAndAPictureHasTheLengthsItAsksFor() {
    work();
    put("story/recipe.yaml", "transition: {type: dissolve, frames: 4}\n");
    put("story/a.mp4", Films.encode(SampleFilm.of(160, 90, 12, 24, 23)));
    put("story/trip.recipe.yaml", "story:\n- {key: story/a.mp4, length: 2s, transition: {type: dissolve, frames: 6}}\n- {key: story/picture.png, length: 1500ms}\n");
    awaitWaiting("story/trip.recipe.yaml");
    put("story/picture.png", Pictures.png(120, 200));
    Job job = ended("story/trip.recipe.yaml", EndState.FINAL);
    Path film = download(job);
    assertThat(seen.look().stream().map(j -> j.upload().key())).as("a picture is no upload of its own").doesNotContain("story/picture.png");
    assertThat(pts(film)).hasSize(24 + 18);
    try (VideoReader reader = VideoReader.open(FileBytes.open(film), Limits.STANDARD)) {
      assertThat(reader.info().durationMicros()).isBetween(3_480_000L, 3_560_000L);
      assertThat(reader.info().video().width()).isEqualTo(160);
    }
  }

  private void work() {
    Worker mine = new Worker(stage);
    worker = Optional.of(mine);
    Thread.ofPlatform().daemon().name("worker").start(() -> {
      try {
        mine.run();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    });
  }

  private void put(String key, String text) {
    put(key, text.getBytes(StandardCharsets.UTF_8));
  }

  private void put(String key, byte[] bytes) {
    stage.store().put(stage.jobs().buckets().in(), key, bytes, "application/octet-stream");
  }

  /** Two objects that land at once are seen in any order; here the story is to be known first. */
  private void awaitWaiting(String recipe) {
    String work = stage.jobs().buckets().work();
    Awaitility.await().atMost(PATIENCE).until(() -> stage.jobs().list("stories/waiting/").stream()
        .anyMatch(mark -> stage.store().get(work, mark.key(), 4096).filter(b -> new String(b, StandardCharsets.UTF_8).equals(recipe)).isPresent()));
  }

  private Job begun(String upload) {
    return awaitJob(upload, job -> stage.jobs().exists(JobKeys.plan(job.id())));
  }

  private Job ended(String upload, EndState state) {
    Job job = awaitJob(upload, seen::isEnded);
    End end = stage.jobs().end(job.id()).orElseThrow();
    assertThat(end.state()).as(end.reason().orElse("")).isEqualTo(state);
    return job;
  }

  private Job awaitJob(String upload, Predicate<Job> condition) {
    return Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(500)).until(
        () -> seen.of(upload).filter(condition).findFirst(), Optional::isPresent).orElseThrow();
  }

  private Path download(Job job) {
    Path file = temp.resolve(job.id() + ".mp4");
    assertThat(stage.store().download(stage.jobs().buckets().out(), job.filmKey(), file)).isTrue();
    return file;
  }

  private Report report(Job job) {
    return Report.read(stage.store().get(stage.jobs().buckets().out(), job.reportKey(), 1 << 24).orElseThrow());
  }

  private Path write(String name, byte[] bytes) {
    try {
      return java.nio.file.Files.write(temp.resolve(name), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Long> pts(Path film) {
    List<Long> pts = new ArrayList<>();
    frames(film, new FrameSpec(PixelFormat.GRAY8, 16, 16), frame -> pts.add(frame.pts()));
    return pts;
  }

  private static double redMinusBlue(Path film) {
    double[] sum = new double[2];
    frames(film, new FrameSpec(PixelFormat.RGB24, 32, 18), frame -> {
      if (sum[1]++ == 0) {
        for (int i = 0; i < frame.data().length; i += 3) {
          sum[0] += (frame.data()[i] & 0xff) - (frame.data()[i + 2] & 0xff);
        }
        sum[0] /= frame.data().length / 3.0;
      }
    });
    return sum[0];
  }

  private static void frames(Path film, FrameSpec spec, java.util.function.Consumer<RawFrame> each) {
    try (VideoReader reader = VideoReader.open(FileBytes.open(film), Limits.STANDARD)) {
      reader.read(Long.MIN_VALUE, Long.MAX_VALUE, spec, each::accept);
    }
  }

  /** A digest over all packets of the sound. */
  private static String soundOf(Path film) {
    StringBuilder all = new StringBuilder();
    try (VideoReader reader = VideoReader.open(FileBytes.open(film), Limits.STANDARD);
        AudioReader audio = reader.audio(reader.info().defaultAudio().orElseThrow().stream())) {
      for (var packet = audio.next(); packet.isPresent(); packet = audio.next()) {
        all.append(Digests.sha256(packet.get().data()));
      }
    }
    assertThat(all).isNotEmpty();
    return Digests.sha256(all.toString().getBytes(StandardCharsets.US_ASCII));
  }
}
