package org.answerprint.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.answerprint.events.EndState;
import org.answerprint.events.Fact;
import org.answerprint.faults.TransientFault;
import org.answerprint.jobs.Job;
import org.answerprint.jobs.JobKeys;
import org.answerprint.jobs.Plan;
import org.answerprint.jobs.PlannedShot;
import org.answerprint.jobs.ShotIndex;
import org.answerprint.methods.Monitor;
import org.answerprint.recipe.Recipe;
import org.answerprint.stage.Stage;
import org.answerprint.testkit.Answer;
import org.answerprint.testkit.Events;
import org.answerprint.testkit.Films;
import org.answerprint.testkit.StackResource;
import org.answerprint.testkit.TestJobs;
import org.answerprint.toybox.Join;
import org.answerprint.toybox.SampleFilm;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(StackResource.class)
class ExtractFunctionTest {

  private static final SampleFilm SAMPLE = SampleFilm.of(160, 90, 12, 30, 5);

  @Inject Stage stage;
  @TestHTTPResource URI door;

  @Test
  void everyHardCutOfTheSampleStartsAShotOnItsExactFrame() {
    Job job = TestJobs.accepted(stage, "extract/cuts.mp4", Films.encode(SAMPLE), Recipe.DEFAULT);
    extract(job);
    Plan plan = stage.jobs().plan(job.id()).orElseThrow();
    List<Long> starts = plan.shots().stream().map(PlannedShot::firstFrame).toList();
    List<Long> hard = SAMPLE.cuts().stream().filter(Join.HardCut.class::isInstance).map(cut -> (long) cut.start()).toList();
    assertThat(starts).containsAll(hard);
    assertThat(plan.frames()).isEqualTo(SAMPLE.frameCount());
  }

  @Test
  void shotsTileTheFilmAndTheirIndexesHoldEveryFrame() {
    Job job = TestJobs.accepted(stage, "extract/tiles.mp4", Films.encode(SAMPLE), Recipe.DEFAULT);
    extract(job);
    long end = Long.MIN_VALUE;
    long frames = 0;
    for (PlannedShot shot : stage.jobs().plan(job.id()).orElseThrow().shots()) {
      ShotIndex index = stage.jobs().shotIndex(job.id(), shot.number()).orElseThrow();
      assertThat(index.pts()).hasSize(shot.frames()).isSorted();
      assertThat(index.keyPts()).isNotNull();
      assertThat(end == Long.MIN_VALUE || end == shot.start()).as("shot %d starts where the one before ended", shot.number()).isTrue();
      assertThat(stage.jobs().exists(JobKeys.shotPicture(job.id(), shot.number()))).isTrue();
      end = shot.end();
      frames += shot.frames();
    }
    assertThat(frames).isEqualTo(SAMPLE.frameCount());
  }

  @Test
  void aRepeatedEventFindsThePlan() {
    Job job = TestJobs.accepted(stage, "extract/twice.mp4", Films.toybox(12, 6), Recipe.DEFAULT);
    extract(job);
    extract(job);
    assertThat(stage.jobs().list(JobKeys.triesFolder(job.id()))).hasSize(1);
  }

  @Test
  void anEventThatIsRepeatedWhileItIsWorkedOnIsNoAttemptOfItsOwn() {
    Job job = TestJobs.accepted(stage, "extract/repeated.mp4", Films.toybox(12, 9), Recipe.DEFAULT);
    List<CompletableFuture<Void>> repeated = IntStream.range(0, 6)
        .mapToObj(i -> CompletableFuture.runAsync(() -> extract(job), Thread::startVirtualThread)).toList();
    repeated.forEach(CompletableFuture::join);
    assertThat(stage.jobs().list(JobKeys.triesFolder(job.id()))).hasSize(1);
    assertThat(stage.jobs().plan(job.id())).isPresent();
  }

  @Test
  void anEventThatSeveralInstancesAreToldOfIsOneAttempt() throws InterruptedException {
    Job job = TestJobs.accepted(stage, "extract/several.mp4", Films.toybox(12, 10), Recipe.DEFAULT);
    CountDownLatch finding = new CountDownLatch(1);
    CompletableFuture<Void> others = new CompletableFuture<>();
    CompletableFuture<Void> first = CompletableFuture.runAsync(() -> new ExtractService(stage).extractHere(job.id(), (done, total) -> {
      finding.countDown();
      others.join();
    }));
    assertThat(finding.await(60, TimeUnit.SECONDS)).isTrue();
    IntStream.rangeClosed(2, 4).mapToObj(instance -> new ExtractService(stage)).forEach(other ->
        assertThatThrownBy(() -> other.extractHere(job.id(), Monitor.NONE)).isInstanceOf(TransientFault.class)
            .satisfies(busy -> other.giveUp(job.id(), (TransientFault) busy)));
    assertThat(stage.jobs().isEnded(job.id())).isFalse();
    others.complete(null);
    first.join();
    assertThat(stage.jobs().plan(job.id())).isPresent();
    assertThat(stage.jobs().list(JobKeys.triesFolder(job.id()))).hasSize(1);
  }

  @Test
  void anUploadThatWasReplacedSinceEndsItsJobAsRejected() {
    Job job = TestJobs.accepted(stage, "extract/replaced.mp4", Films.toybox(12, 7), Recipe.DEFAULT);
    stage.store().put(stage.jobs().buckets().in(), "extract/replaced.mp4", Films.toybox(12, 8), "video/mp4");
    extract(job);
    assertThat(stage.jobs().end(job.id()).orElseThrow().state()).isEqualTo(EndState.REJECTED);
    assertThat(stage.jobs().end(job.id()).orElseThrow().reason().orElseThrow()).contains("replaced");
  }

  @Test
  void aStillIsAShotWithItsPicture() throws IOException {
    BufferedImage image = new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB);
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(image, "png", png);
    Job job = TestJobs.acceptedStill(stage, "extract/still.png", png.toByteArray(), Duration.ofMillis(120), Recipe.DEFAULT);
    extract(job);
    assertThat(stage.jobs().plan(job.id()).orElseThrow().shots()).singleElement().satisfies(shot -> assertThat(shot.frames()).isEqualTo(3));
    assertThat(stage.jobs().exists(JobKeys.shotPicture(job.id(), 1))).isTrue();
  }

  private void extract(Job job) {
    Answer answer = Events.post(door, new Fact.VideoAccepted(job.id())).ok();
    assertThat(answer.text("/status")).isEqualTo("done");
    assertThat(answer.text("/jobs/0")).isEqualTo(job.id().value());
  }
}
