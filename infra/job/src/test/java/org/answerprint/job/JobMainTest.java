package org.answerprint.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.answerprint.assemble.AssembleService;
import org.answerprint.edit.EditService;
import org.answerprint.events.EndState;
import org.answerprint.events.JobId;
import org.answerprint.events.TaskKey;
import org.answerprint.events.WorkItem;
import org.answerprint.extract.ExtractService;
import org.answerprint.faults.RequestFault;
import org.answerprint.faults.TransientFault;
import org.answerprint.fleet.LongFilms;
import org.answerprint.jobs.Job;
import org.answerprint.jobs.JobKeys;
import org.answerprint.launcher.LocalStack;
import org.answerprint.launcher.SharedStack;
import org.answerprint.methods.Monitor;
import org.answerprint.recipe.Recipe;
import org.answerprint.stage.Delivery;
import org.answerprint.stage.Stage;
import org.answerprint.stage.StageSettings;
import org.answerprint.storage.ObjectInfo;
import org.answerprint.testkit.Films;
import org.answerprint.testkit.TestJobs;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real jobs over a real S3 server and a real broker, in processes of their own where the process matters: to signals and exit codes. */
class JobMainTest {

  @TempDir Path temp;
  private Map<String, String> environment;
  private Stage stage;

  @BeforeEach
  void open() {
    LocalStack stack = SharedStack.get();
    environment = new HashMap<>(Map.of(
        "ANSWERPRINT_S3_ENDPOINT", stack.s3Endpoint().toString(),
        "ANSWERPRINT_ACCESS_KEY", stack.accessKey(),
        "ANSWERPRINT_SECRET_KEY", stack.secretKey(),
        "ANSWERPRINT_REGION", stack.region(),
        "ANSWERPRINT_KAFKA", stack.bootstrapServers(),
        "ANSWERPRINT_SCRATCH", temp.resolve("scratch").toString()));
    // as they are in the cloud: whoever is a job hands no other in
    environment.putAll(Map.of("ANSWERPRINT_LONG_FILM_SECONDS", "1", "ANSWERPRINT_LONG_QUEUE", "nobody",
        "ANSWERPRINT_LONG_EXTRACT", "nobody", "ANSWERPRINT_LONG_ASSEMBLE", "nobody", "ANSWERPRINT_BATCH_ENDPOINT", "http://127.0.0.1:9"));
    stage = new Stage(StageSettings.of(environment), "/answerprint/test", new SimpleMeterRegistry());
  }

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void aLongFilmIsExtractedAndAssembledByTwoJobsThatTheStagesHandIn() throws Exception {
    Job job = TestJobs.accepted(stage, "job/film.mp4", Films.toybox(10, 41), Recipe.DEFAULT);
    assertThatThrownBy(() -> new ExtractService(stage).extract(job.id())).as("nobody takes jobs here")
        .isInstanceOf(TransientFault.class).hasMessageContaining("the job extract-" + job.id() + "-1 could not be handed in");
    assertThat(run("extract", job.id().value())).isZero();
    edit(job);
    assertThatThrownBy(() -> new AssembleService(stage).assemble(job.id()))
        .isInstanceOf(TransientFault.class).hasMessageContaining("the job assemble-" + job.id() + "-1 could not be handed in");
    assertThat(stage.jobs().list(JobKeys.triesFolder(job.id()) + "assemble/")).isEmpty();
    assertThat(run("assemble", job.id().value())).isZero();
    assertThat(stage.jobs().end(job.id()).orElseThrow().state()).isEqualTo(EndState.FINAL);
    assertThat(stage.store().head(stage.jobs().buckets().out(), job.filmKey())).isPresent();
    List<ObjectInfo> tries = stage.jobs().list(JobKeys.triesFolder(job.id()));
    here(job);
    assertThat(stage.jobs().list(JobKeys.triesFolder(job.id()))).as("again, when all is done").isEqualTo(tries);
  }

  @Test
  void aJobThatIsEndedOnTheWayHandsItsWorkBackAndTheNextDoesItUnlessAnotherIsSeenToBeAtIt() throws Exception {
    Job job = TestJobs.accepted(stage, "job/ended.mp4", Films.toybox(60, 42), Recipe.DEFAULT);
    try (JobProcess process = JobProcess.start(temp, environment, "extract", job.id().value())) {
      Awaitility.await().pollInterval(Duration.ofMillis(5)).atMost(Duration.ofSeconds(60))
          .until(() -> !stage.jobs().list(JobKeys.triesFolder(job.id())).isEmpty());
      process.terminate();
      assertThat(process.exitCode()).as(process.log()).isEqualTo(75);
    }
    assertThat(stage.jobs().list(JobKeys.triesFolder(job.id()))).as("the attempt does not count").isEmpty();
    stage.store().put(stage.jobs().buckets().work(), JobKeys.progress(job.id(), new TaskKey("extract")),
        "{}".getBytes(StandardCharsets.UTF_8), "application/json");
    here(job);
    assertThat(stage.jobs().plan(job.id())).isEmpty();
    stage.jobs().delete(JobKeys.progress(job.id(), new TaskKey("extract")));
    here(job);
    assertThat(stage.jobs().plan(job.id())).isPresent();
  }

  @Test
  void aStoreThatIsAwayIsWorthAnotherTry() throws Exception {
    environment.putAll(Map.of("ANSWERPRINT_S3_ENDPOINT", "http://127.0.0.1:9", "ANSWERPRINT_STORE_PATIENCE_SECONDS", "0"));
    assertThat(run("extract", "a-job")).isEqualTo(75);
  }

  @ParameterizedTest
  @ValueSource(strings = {"extract", "edit a-job", "assemble no/job"})
  void aWrongRequestIsSaidInASentence(String line) throws Exception {
    try (JobProcess process = JobProcess.start(temp, environment, line.split(" "))) {
      assertThat(process.exitCode()).as(process.log()).isEqualTo(2);
      assertThat(process.log()).isNotBlank().doesNotContain("\tat ");
    }
  }

  @Test
  void aJobThatDoesNotExistIsAWrongRequest() {
    assertThatThrownBy(() -> new LongJob(stage, Monitor.NONE).run(LongFilms.Work.EXTRACT, new JobId("no-such-job")))
        .isInstanceOf(RequestFault.class).hasMessageContaining("there is no job no-such-job in bucket answerprint-work");
  }

  /** Extracts in this process. */
  private void here(Job job) {
    new LongJob(stage, Monitor.NONE).run(LongFilms.Work.EXTRACT, job.id());
  }

  private int run(String... arguments) throws InterruptedException {
    try (JobProcess process = JobProcess.start(temp, environment, arguments)) {
      return process.exitCode();
    }
  }

  private void edit(Job job) {
    try (EditService edits = new EditService(stage)) {
      stage.jobs().plan(job.id()).orElseThrow().shots().stream().flatMap(shot -> shot.edits().stream()).forEach(task -> edits.edit(
          new WorkItem.EditWork(job.id(), task.key(), task.shot(), task.piece()), Monitor.NONE, Delivery.FIRST));
    }
  }
}
