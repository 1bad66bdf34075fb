package org.answerprint.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.answerprint.events.EndState;
import org.answerprint.faults.KilledFault;
import org.answerprint.faults.TransientFault;
import org.answerprint.jobs.End;
import org.answerprint.jobs.Job;
import org.answerprint.jobs.JobKeys;
import org.answerprint.recipe.Recipe;
import org.answerprint.stage.Stage;
import org.answerprint.stage.StageSettings;
import org.answerprint.stage.TaskRunner;
import org.answerprint.storage.MemoryObjectStore;
import org.answerprint.testkit.Films;
import org.answerprint.testkit.NoWork;
import org.answerprint.testkit.TestJobs;
import org.answerprint.testkit.TroubledStore;
import org.answerprint.transport.memory.InMemoryFactPublisher;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExtractServiceTest {

  private final AtomicReference<Runnable> trouble = new AtomicReference<>(() -> { });
  private Stage stage;
  private Job job;

  @BeforeEach
  void open() {
    stage = new Stage(StageSettings.of(Map.of()), Clock.systemUTC(),
        TroubledStore.of(new MemoryObjectStore(Clock.systemUTC()), key -> trouble.get().run()), new InMemoryFactPublisher(), new NoWork(),
        new SimpleMeterRegistry());
    job = TestJobs.accepted(stage, "film.mp4", Films.toybox(12, 3), Recipe.DEFAULT);
  }

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void aJobWhoseDecoderIsKilledInEveryAttemptEnds() {
    trouble.set(TroubledStore::killDecoders);
    ExtractService service = new ExtractService(stage);
    for (int attempt = 1; attempt < TaskRunner.ATTEMPTS; attempt++) {
      assertThatThrownBy(() -> service.extract(job.id())).isInstanceOf(KilledFault.class);
      assertThat(stage.jobs().end(job.id())).isEmpty();
    }
    service.extract(job.id());
    End end = stage.jobs().end(job.id()).orElseThrow();
    assertThat(end.state()).isEqualTo(EndState.FAILED);
    assertThat(end.reason().orElseThrow()).contains("killed from outside");
  }

  @Test
  void otherTroubleOfTheWorldCountsForNothing() {
    trouble.set(() -> {
      throw new TransientFault("the bucket is away");
    });
    assertThatThrownBy(() -> new ExtractService(stage).extract(job.id())).isInstanceOf(TransientFault.class);
    assertThat(stage.jobs().list(JobKeys.triesFolder(job.id()))).isEmpty();
  }
}
