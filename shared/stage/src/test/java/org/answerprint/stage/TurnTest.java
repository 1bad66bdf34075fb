package org.answerprint.stage;

import static org.answerprint.stage.TestStage.JOB;
import static org.answerprint.stage.TestStage.TASK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.answerprint.faults.TransientFault;
import org.answerprint.jobs.JobKeys;
import org.answerprint.methods.Monitor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TurnTest {

  private static final String SIGN = JobKeys.progress(JOB, TASK);

  @TempDir
  Path scratch;

  private final TestStage world = new TestStage();
  private Stage stage;

  @BeforeEach
  void open() {
    stage = stage(Duration.ZERO);
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void isTakenByOneAtATime() {
    try (Turn _ = take(stage)) {
      assertThat(Turn.isTaken(stage, JOB, TASK)).isTrue();
      assertThatThrownBy(() -> take(stage)).isInstanceOf(TransientFault.class).hasMessageContaining("another instance");
    }
    assertThat(stage.jobs().list(JobKeys.folder(JOB))).as("no sign of life is left").isEmpty();
    assertThat(scratch).isEmptyDirectory();
    take(stage).close();
  }

  @Test
  void isWonByOneOfThoseThatAskAtOnce() {
    List<CompletableFuture<Optional<Turn>>> asked = Stream.generate(() -> CompletableFuture.supplyAsync(this::tried)).limit(8).toList();
    assertThat(asked.stream().map(CompletableFuture::join).flatMap(Optional::stream)).singleElement().satisfies(Turn::close);
  }

  @Test
  void isTakenOverFromOneThatIsSilentForLongerThanTheLock() {
    stage.jobs().write(SIGN, new Progress(3, 9, Optional.of("somebody")));
    assertThatThrownBy(() -> take(stage(Duration.ofSeconds(25)))).isInstanceOf(TransientFault.class);
    try (Turn _ = take(stage(Duration.ofSeconds(31)))) {
      assertThat(noted().by()).isNotEqualTo(Optional.of("somebody"));
    }
  }

  @Test
  void isTakenOverAtOnceFromAProcessThatDiedOnThisMachine() throws IOException {
    stage.jobs().write(SIGN, new Progress(3, 9, Optional.of("somebody")));
    Path left = Files.createFile(scratch.resolve("turn-somebody"));
    try (Turn _ = take(stage)) {
      assertThat(left).doesNotExist();
    }
    assertThat(scratch).isEmptyDirectory();
  }

  @Test
  void isToldOfInItsNotes() {
    long[] nanos = {0};
    try (Turn turn = take(stage)) {
      Optional<String> by = noted().by();
      Monitor notes = turn.notes(Monitor.NONE, () -> nanos[0]);
      nanos[0] = Duration.ofSeconds(1).toNanos();
      notes.progress(1, 10);
      assertThat(by).isPresent();
      assertThat(noted()).isEqualTo(new Progress(1, 10, by));
    }
  }

  private static Turn take(Stage stage) {
    return Turn.take(stage, JOB, TASK);
  }

  private Optional<Turn> tried() {
    try {
      return Optional.of(take(stage));
    } catch (TransientFault busy) {
      return Optional.empty();
    }
  }

  /** An instance whose clock is so far ahead. */
  private Stage stage(Duration ahead) {
    return world.another(Map.of("ANSWERPRINT_SCRATCH", scratch.toString()), Clock.offset(Clock.systemUTC(), ahead));
  }

  private Progress noted() {
    return stage.jobs().read(SIGN, Progress.class).orElseThrow();
  }
}
