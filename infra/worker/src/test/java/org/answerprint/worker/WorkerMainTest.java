package org.answerprint.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.answerprint.bundles.Bundle;
import org.answerprint.bundles.BundleBucket;
import org.answerprint.bundles.BundleCache;
import org.answerprint.bundles.CheckpointReader;
import org.answerprint.events.WorkItem;
import org.answerprint.fleet.GpuPlace;
import org.answerprint.fleet.GpuSlots;
import org.answerprint.jobs.EditTask;
import org.answerprint.jobs.Job;
import org.answerprint.jobs.JobKeys;
import org.answerprint.launcher.LocalStack;
import org.answerprint.launcher.SharedStack;
import org.answerprint.methods.Methods;
import org.answerprint.models.Definitions;
import org.answerprint.queue.QueueDepth;
import org.answerprint.recipe.Recipe;
import org.answerprint.recipe.RecipeReader;
import org.answerprint.stage.Stage;
import org.answerprint.stage.StageSettings;
import org.answerprint.testkit.Films;
import org.answerprint.testkit.TestJobs;
import org.awaitility.Awaitility;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real workers in processes of their own, over a real S3 server, a real broker and a real SQS server. */
class WorkerMainTest {

  private static final String UNTIL_IDLE = "--until-idle";
  private static final AtomicInteger QUEUES = new AtomicInteger();

  private static SQSRestServer sqs;
  private static String endpoint;

  @TempDir Path temp;
  private Map<String, String> environment;
  private Stage stage;

  @BeforeAll
  static void startSqs() {
    sqs = SQSRestServerBuilder.withInterface("127.0.0.1").withDynamicPort().start();
    endpoint = "http://127.0.0.1:" + sqs.waitUntilStarted().localAddress().getPort();
  }

  @AfterAll
  static void stopSqs() {
    sqs.stopAndWait();
  }

  @BeforeEach
  void open() {
    LocalStack stack = SharedStack.get();
    environment = new HashMap<>(Map.of(
        "ANSWERPRINT_S3_ENDPOINT", stack.s3Endpoint().toString(),
        "ANSWERPRINT_ACCESS_KEY", stack.accessKey(),
        "ANSWERPRINT_SECRET_KEY", stack.secretKey(),
        "ANSWERPRINT_REGION", stack.region(),
        "ANSWERPRINT_KAFKA", stack.bootstrapServers(),
        "ANSWERPRINT_WORK_QUEUE", "sqs",
        "ANSWERPRINT_SQS_ENDPOINT", endpoint,
        "ANSWERPRINT_WORK_QUEUE_NAME", "work-" + QUEUES.incrementAndGet(),
        "ANSWERPRINT_IDLE_SECONDS", "1",
        "ANSWERPRINT_SCRATCH", temp.resolve("scratch").toString()));
    environment.put("ANSWERPRINT_MODELS", temp.resolve("models").toString());
    stage = new Stage(StageSettings.of(environment), "/answerprint/test", new SimpleMeterRegistry());
  }

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void aQueueIsDrainedAndTheWorkerEndsAndLeavesItsPlace() throws Exception {
    environment.putAll(Map.of("ANSWERPRINT_GPU_SLOT", "901", "ANSWERPRINT_WORKER", "gpu-901-1"));
    Job job = TestJobs.accepted(stage, "worker/drained.mp4", Films.toybox(8, 31), Recipe.DEFAULT);
    List<EditTask> tasks = send(job, 16, 32);
    try (WorkerProcess worker = WorkerProcess.start(temp, environment, UNTIL_IDLE).ready()) {
      assertThat(place(901, "gpu-901-2").keep()).as("somebody has the place").isFalse();
      assertThat(worker.exitCode()).as(worker.log()).isZero();
    }
    assertThat(tasks).allSatisfy(task -> assertThat(stage.jobs().exists(JobKeys.take(task.key()))).isTrue());
    assertThat(depth().items()).isZero();
    assertThat(place(901, "gpu-901-2").keep()).isTrue();
  }

  @Test
  void aWorkerThatIsEndedAtADiffusionStepHandsItsItemBackAndTheNextGoesOnFromItsCheckpoint() throws Exception {
    environment.put("ANSWERPRINT_IDLE_SECONDS", "600");
    Job job = TestJobs.accepted(stage, "worker/ended.mp4", Films.toybox(4, 32), diffusion(), Map.of("tiny", tiny()));
    EditTask task = send(job, 4).getFirst();
    try (WorkerProcess worker = WorkerProcess.start(temp, environment, UNTIL_IDLE).ready()) {
      await(worker, () -> !checkpoints(job, task).isEmpty());
      worker.terminate();
      assertThat(worker.exitCode()).as(worker.log()).isEqualTo(75);
    }
    List<String> kept = checkpoints(job, task);
    assertThat(kept).as("the checkpoint is kept").isNotEmpty();
    assertThat(depth()).as("the item can be had at once").isEqualTo(new QueueDepth(1, 0));
    assertThat(stage.jobs().list(JobKeys.triesFolder(job.id()))).as("the attempt does not count").isEmpty();
    try (WorkerProcess worker = WorkerProcess.start(temp, environment, UNTIL_IDLE).ready()) {
      await(worker, () -> {
        assertThat(checkpoints(job, task)).as("one that began anew would keep an earlier one")
            .allSatisfy(key -> assertThat(key).isGreaterThanOrEqualTo(kept.getFirst()));
        return stage.jobs().done(job.id(), task.key()).isPresent() && depth().items() == 0;
      });
      worker.terminate();
      assertThat(worker.exitCode()).as("ended with nothing to do: %s", worker.log()).isZero();
    }
    assertThat(stage.jobs().done(job.id(), task.key()).orElseThrow().attempt()).isEqualTo(1);
    assertThat(crashes()).as("no virtual machine crashed").isEmpty();
  }

  /** Waits until it holds, while the worker lives. */
  private static void await(WorkerProcess worker, Callable<Boolean> condition) {
    Awaitility.await().pollInterval(Duration.ofMillis(5)).atMost(Duration.ofSeconds(100)).until(() -> {
      assertThat(worker.isAlive()).as(worker.log()).isTrue();
      return condition.call();
    });
  }

  @Test
  void aWorkerWhosePlaceAnotherHasTakesNothing() throws Exception {
    environment.putAll(Map.of("ANSWERPRINT_GPU_SLOT", "902", "ANSWERPRINT_WORKER", "gpu-902-1"));
    assertThat(place(902, "gpu-902-2").keep()).isTrue();
    Job job = TestJobs.accepted(stage, "worker/superfluous.mp4", Films.toybox(4, 33), Recipe.DEFAULT);
    send(job, 8);
    try (WorkerProcess worker = WorkerProcess.start(temp, environment, UNTIL_IDLE)) {
      assertThat(worker.exitCode()).as(worker.log()).isZero();
      assertThat(worker.log()).contains("worker_not_needed");
    }
    assertThat(depth().waiting()).isEqualTo(1);
  }

  @Test
  void aWordThatAWorkerDoesNotKnowIsRefused() throws Exception {
    try (WorkerProcess worker = WorkerProcess.start(temp, environment, "--until-idel")) {
      assertThat(worker.exitCode()).isEqualTo(2);
      assertThat(worker.log()).contains("--until-idle or nothing, and not --until-idel");
    }
  }

  private GpuPlace place(int slot, String worker) {
    return new GpuPlace(new GpuSlots(stage.store(), stage.jobs().buckets().work(), Clock.systemUTC()), slot, worker);
  }

  private QueueDepth depth() {
    return stage.workDepth().orElseThrow();
  }

  /** Plans the job and sends its edits out. */
  private List<EditTask> send(Job job, int... ends) {
    List<EditTask> tasks = TestJobs.planned(stage, job, ends).shots().stream().flatMap(shot -> shot.edits().stream()).toList();
    tasks.forEach(task -> stage.outbox().send(new WorkItem.EditWork(job.id(), task.key(), task.shot(), task.piece())));
    return tasks;
  }

  /** Their keys, in the order of their steps. */
  private List<String> checkpoints(Job job, EditTask task) {
    return stage.jobs().list(JobKeys.checkpoints(job.id(), task.key())).stream().map(o -> o.key()).toList();
  }

  private List<Path> crashes() throws IOException {
    try (Stream<Path> files = Files.list(temp)) {
      return files.filter(file -> file.getFileName().toString().startsWith("crash-")).toList();
    }
  }

  private static Recipe diffusion() {
    return RecipeReader.read("""
        method: pix2video
        model: tiny
        prompt: a blue ball on snow
        sourcePrompt: a red ball on grass
        steps: 30
        options: { resolution: 64 }
        """, "test", Methods.catalogue()).orThrow();
  }

  private String tiny() throws URISyntaxException {
    Path files = Path.of(WorkerMainTest.class.getResource("/sd-depth").toURI());
    Bundle tiny = new BundleCache(temp.resolve("made")).add(CheckpointReader.read(files, new Definitions(), false), "tiny").bundle();
    new BundleBucket(stage.store(), stage.jobs().buckets().work()).put(tiny, "tiny");
    return tiny.manifest().digest();
  }
}
