package org.answerprint.assemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.answerprint.events.EndState;
import org.answerprint.events.Fact;
import org.answerprint.events.Message;
import org.answerprint.events.TaskKey;
import org.answerprint.faults.TransientFault;
import org.answerprint.frames.FrameSpec;
import org.answerprint.jobs.DoneMark;
import org.answerprint.jobs.EditTask;
import org.answerprint.jobs.Job;
import org.answerprint.jobs.JobKeys;
import org.answerprint.jobs.Plan;
import org.answerprint.jobs.PlannedShot;
import org.answerprint.jobs.ShotIndex;
import org.answerprint.media.DecodeHealth;
import org.answerprint.media.FileBytes;
import org.answerprint.media.Limits;
import org.answerprint.media.SegmentInfo;
import org.answerprint.media.SegmentWriter;
import org.answerprint.media.VideoFile;
import org.answerprint.media.VideoReader;
import org.answerprint.methods.Monitor;
import org.answerprint.recipe.Recipe;
import org.answerprint.report.Report;
import org.answerprint.report.TaskFacts;
import org.answerprint.stage.FileDigest;
import org.answerprint.stage.Stage;
import org.answerprint.testkit.Events;
import org.answerprint.testkit.Films;
import org.answerprint.testkit.StackResource;
import org.answerprint.testkit.TestJobs;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
@QuarkusTestResource(StackResource.class)
class AssembleFunctionTest {

  @Inject Stage stage;
  @TestHTTPResource URI door;
  @TempDir Path temp;

  @Test
  void aJobWhosePartsAreAllThereIsAssembledOnce() {
    Job job = TestJobs.accepted(stage, "assemble/whole.mp4", Films.toybox(12, 41), Recipe.DEFAULT);
    Plan plan = TestJobs.planned(stage, job, 20, 40);
    plan.shots().forEach(shot -> take(job, shot));
    post(new Fact.PartsCompleted(job.id()));
    post(new Fact.PartsCompleted(job.id()));
    assertThat(stage.jobs().end(job.id()).orElseThrow().state()).isEqualTo(EndState.FINAL);
    assertThat(stage.jobs().open()).doesNotContain(job.id());
    Report report = Report.read(stage.store().get(stage.jobs().buckets().out(), job.reportKey(), 1 << 24).orElseThrow());
    assertThat(report.result().frames()).isEqualTo(40);
    assertThat(report.driftTicks()).isZero();
    assertThat(stage.jobs().list(JobKeys.triesFolder(job.id()))).hasSize(1);
    assertThat(framesOf(job)).isEqualTo(40);
  }

  @Test
  void aJobThatSeveralInstancesAreToldOfIsAssembledByOneOfThem() throws InterruptedException {
    Job job = TestJobs.accepted(stage, "assemble/several.mp4", Films.toybox(12, 45), Recipe.DEFAULT);
    TestJobs.planned(stage, job, 20, 40).shots().forEach(shot -> take(job, shot));
    CountDownLatch joining = new CountDownLatch(1);
    CompletableFuture<Void> others = new CompletableFuture<>();
    CompletableFuture<Void> first = CompletableFuture.runAsync(() -> new AssembleService(stage).assembleHere(job.id(), (done, total) -> {
      joining.countDown();
      others.join();
    }));
    assertThat(joining.await(60, TimeUnit.SECONDS)).isTrue();
    for (int instance = 2; instance <= 4; instance++) {
      AssembleService other = new AssembleService(stage);
      assertThatThrownBy(() -> other.assembleHere(job.id(), Monitor.NONE)).isInstanceOf(TransientFault.class)
          .satisfies(busy -> other.giveUp(job.id(), (TransientFault) busy));
    }
    assertThat(stage.jobs().isEnded(job.id())).isFalse();
    others.complete(null);
    first.join();
    assertThat(stage.jobs().end(job.id()).orElseThrow().state()).isEqualTo(EndState.FINAL);
    assertThat(stage.jobs().list(JobKeys.triesFolder(job.id()))).hasSize(1);
    assertThat(stage.jobs().exists(JobKeys.progress(job.id(), new TaskKey("assemble")))).as("nobody is at it any more").isFalse();
  }

  @Test
  void aJobThatLacksAPartIsNotAssembled() {
    Job job = TestJobs.accepted(stage, "assemble/part.mp4", Films.toybox(12, 42), Recipe.DEFAULT);
    Plan plan = TestJobs.planned(stage, job, 20, 40);
    take(job, plan.shots().getFirst());
    post(new Fact.PartsCompleted(job.id()));
    assertThat(stage.jobs().isEnded(job.id())).isFalse();
    assertThat(stage.store().head(stage.jobs().buckets().out(), job.filmKey())).isEmpty();
  }

  @Test
  void theBridgeReconcilesWhenAPartIsFinished() {
    Job job = TestJobs.accepted(stage, "assemble/bridge.mp4", Films.toybox(12, 43), Recipe.DEFAULT);
    Plan plan = TestJobs.planned(stage, job, 20);
    take(job, plan.shots().getFirst());
    EditTask task = plan.shots().getFirst().edits().getFirst();
    stage.outbox().send(new Fact.ShotEdited(job.id(), task.key(), 1, 1, 1));
    Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> stage.jobs().isEnded(job.id()));
    assertThat(stage.jobs().end(job.id()).orElseThrow().state()).isEqualTo(EndState.FINAL);
  }

  @Test
  void aRecordThatIsNoFactGoesToTheDeadLetters() {
    String poison = "poison-" + System.nanoTime();
    try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(client(), new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>("answerprint.parts", poison.getBytes(StandardCharsets.UTF_8)));
    }
    Properties reading = client();
    reading.put("group.id", poison);
    reading.put("auto.offset.reset", "earliest");
    try (KafkaConsumer<byte[], byte[]> letters = new KafkaConsumer<>(reading, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      letters.subscribe(List.of("answerprint.dead-letters"));
      Awaitility.await().atMost(Duration.ofSeconds(30)).pollInSameThread().until(() -> {
        for (var letter : letters.poll(Duration.ofMillis(500))) {
          if (new String(letter.value(), StandardCharsets.UTF_8).equals(poison)) {
            return true;
          }
        }
        return false;
      });
    }
  }

  @Test
  void aLetterThatAFullDeadLetterTopicRefusesIsKeptInTheBucketAndWorkGoesOn() throws Exception {
    String poison = "poison-" + System.nanoTime();
    try (Admin admin = Admin.create(client())) {
      limitDeadLetters(admin, AlterConfigOp.OpType.SET);
      try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(client(), new ByteArraySerializer(), new ByteArraySerializer())) {
        producer.send(new ProducerRecord<>("answerprint.parts", poison.getBytes(StandardCharsets.UTF_8)));
      }
      Awaitility.await().atMost(Duration.ofSeconds(90)).until(() -> kept(poison));
      limitDeadLetters(admin, AlterConfigOp.OpType.DELETE);
    }
    theBridgeReconcilesWhenAPartIsFinished();
  }

  /** A topic that takes no record is as full as one can be. */
  private static void limitDeadLetters(Admin admin, AlterConfigOp.OpType how) throws Exception {
    ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, "answerprint.dead-letters");
    admin.incrementalAlterConfigs(Map.of(topic, List.of(new AlterConfigOp(new ConfigEntry("max.message.bytes", "0"), how)))).all().get();
  }

  private boolean kept(String poison) {
    String work = stage.jobs().buckets().work();
    return stage.jobs().list("dead-letters/").stream().flatMap(o -> stage.store().get(work, o.key(), 1 << 20).stream())
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
        .anyMatch(letter -> letter.contains(poison) && letter.contains("answerprint.parts/") && letter.contains("RecordTooLarge"));
  }

  @Test
  void aJobThatTheWorldKeepsFromGoingOnEndsWithTheLastTrouble() {
    Job job = TestJobs.accepted(stage, "assemble/trouble.mp4", Films.toybox(12, 44), Recipe.DEFAULT);
    new AssembleService(stage).giveUp(job.id(), new TransientFault("the disk is full"));
    assertThat(stage.jobs().end(job.id()).orElseThrow().reason().orElseThrow())
        .isEqualTo("its parts could not be joined, however often it was tried: the disk is full");
  }

  private Properties client() {
    Properties client = new Properties();
    client.put("bootstrap.servers", stage.settings().bootstrapServers());
    return client;
  }

  /** What an edit would have left. */
  private void take(Job job, PlannedShot shot) {
    EditTask task = shot.edits().getFirst();
    Path file = temp.resolve(task.key().value());
    ShotIndex index = stage.jobs().shotIndex(job.id(), shot.number()).orElseThrow();
    FrameSpec spec = FrameSpec.sourceSize(job.accepted().encoder().pixelFormat());
    SegmentInfo info;
    try (SegmentWriter segment = SegmentWriter.create(file, job.accepted().encoder());
        VideoFile film = stage.films().open(job.accepted().sources().getFirst())) {
      film.read(index.pts()[0], shot.end(), spec, segment);
      info = segment.finish();
    }
    stage.jobs().write(JobKeys.takeFacts(task.key()),
        new TaskFacts("none", "1", info.frames(), 1, info.bytes(), FileDigest.sha256(file), new DecodeHealth(0, 0, 0), "test", Optional.empty()));
    stage.store().putIfAbsent(stage.jobs().buckets().work(), JobKeys.take(task.key()), file, "application/octet-stream");
    stage.jobs().write(JobKeys.done(job.id(), task.key()), new DoneMark(1, 1));
  }

  private int framesOf(Job job) {
    Path file = temp.resolve("film.mp4");
    assertThat(stage.store().download(stage.jobs().buckets().out(), job.filmKey(), file)).isTrue();
    int[] count = {0};
    try (VideoReader film = VideoReader.open(FileBytes.open(file), Limits.STANDARD)) {
      film.read(Long.MIN_VALUE, Long.MAX_VALUE, new FrameSpec(org.answerprint.frames.PixelFormat.GRAY8, 16, 16), frame -> count[0]++);
    }
    return count[0];
  }

  private void post(Message message) {
    assertThat(Events.post(door, message).ok().text("/status")).isEqualTo("done");
  }
}
