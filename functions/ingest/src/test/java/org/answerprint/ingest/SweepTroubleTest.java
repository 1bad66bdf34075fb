package org.answerprint.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.answerprint.events.EndState;
import org.answerprint.events.JobId;
import org.answerprint.faults.TransientFault;
import org.answerprint.jobs.End;
import org.answerprint.jobs.Job;
import org.answerprint.recipe.Recipe;
import org.answerprint.stage.Stage;
import org.answerprint.stage.StageSettings;
import org.answerprint.storage.MemoryObjectStore;
import org.answerprint.storage.ObjectInfo;
import org.answerprint.testkit.Films;
import org.answerprint.testkit.NoWork;
import org.answerprint.testkit.TroubledStore;
import org.answerprint.transport.memory.InMemoryFactPublisher;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SweepTroubleTest {

  private static final byte[] FILM = Films.toybox(12, 3);

  private Stage stage;
  private SweepService sweeps;

  private void open(Consumer<String> trouble) {
    stage = new Stage(StageSettings.of(Map.of()), Clock.offset(Clock.systemUTC(), Duration.ofMinutes(5)),
        TroubledStore.of(new MemoryObjectStore(Clock.systemUTC()), trouble), new InMemoryFactPublisher(), new NoWork(), new SimpleMeterRegistry());
    sweeps = new SweepService(stage, new IngestService(stage));
  }

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void troubleWithOneUploadKeepsNoOtherWaiting() {
    open(key -> {
      if (key.equals("a.mp4")) {
        throw new TransientFault("the disk of a.mp4 is away");
      }
    });
    land("a.mp4");
    land("b.mp4");
    assertThat(sweeps.sweep()).isEqualTo(new SweepService.Swept(0, 1, 0));
    assertThat(stage.jobs().open()).hasSize(1);
    assertThat(sweeps.sweep()).as("the other is tried again").isEqualTo(new SweepService.Swept(1, 0, 0));
  }

  @Test
  void anUploadWhoseDecoderIsKilledAgainAndAgainEndsAsFailed() {
    open(key -> TroubledStore.killDecoders());
    JobId job = land("hungry.mp4");
    sweeps.sweep();
    sweeps.sweep();
    assertThat(stage.jobs().end(job)).as("it may pass").isEmpty();
    sweeps.sweep();
    End end = stage.jobs().end(job).orElseThrow();
    assertThat(end.state()).isEqualTo(EndState.FAILED);
    assertThat(end.reason().orElseThrow()).contains("killed from outside");
    assertThat(sweeps.sweep()).as("nothing is left to do").isEqualTo(new SweepService.Swept(0, 0, 0));
  }

  /** Answers the job that the upload becomes. */
  private JobId land(String key) {
    String bucket = stage.jobs().buckets().in();
    stage.store().put(bucket, key, FILM, "video/mp4");
    ObjectInfo info = stage.store().head(bucket, key).orElseThrow();
    return Job.idOf(List.of(Job.input(bucket, info)), Recipe.DEFAULT.canonical());
  }
}
