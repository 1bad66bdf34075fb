package org.answerprint.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FactCodecTest {

  private static final JobId JOB = new JobId("job-1");
  private static final TaskKey TASK = new TaskKey("task-1");
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

  private final FactCodec codec = new FactCodec("/answerprint/edit");

  @Test
  void envelopeCarriesTheAttributesAndTheMessage() {
    Fact fact = new Fact.ShotEdited(JOB, TASK, 3, 1, 2);

    Envelope envelope = codec.write(fact, NOW);

    assertThat(envelope).isEqualTo(new Envelope(
        "org.answerprint.shot.edited.v1/job-1/task-1/2", "/answerprint/edit", "org.answerprint.shot.edited.v1",
        "job-1", NOW, "{\"jobId\":\"job-1\",\"taskKey\":\"task-1\",\"shot\":3,\"piece\":1,\"attempt\":2}"));
    assertThat(FactCodec.read(envelope)).isEqualTo(fact);
  }

  @Test
  void repeatedFactsHaveOneIdAndDifferentFactsHaveTheirOwn() {
    assertThat(codec.write(new Fact.ShotFound(JOB, 1), NOW).id())
        .isEqualTo(codec.write(new Fact.ShotFound(JOB, 1), NOW.plusSeconds(9)).id());
    assertThat(List.of(
        new Fact.ShotFound(JOB, 1).id(), new Fact.ShotFound(JOB, 2).id(), new Fact.FilmPlanned(JOB).id(),
        new Fact.ReviewRequested(JOB, "cancel").id(), new Fact.ReviewRequested(JOB, "sweep-7").id(),
        new Fact.TaskFailed(JOB, TASK, 1, 1, FailureKind.INTERNAL, "x").id(),
        new Fact.TaskFailed(JOB, TASK, 1, 2, FailureKind.INTERNAL, "x").id(),
        new WorkItem.EditWork(JOB, TASK, 1, 1).id(), new WorkItem.TransitionWork(JOB, TASK, 1).id()))
        .doesNotHaveDuplicates();
  }

  @Test
  void factsKeepTheOrderOfTheirJobAndWorkSpreadsByTask() {
    assertThat(new Fact.ShotFound(JOB, 1).partitionKey()).isEqualTo("job-1");
    assertThat(new WorkItem.EditWork(JOB, TASK, 1, 1).partitionKey()).isEqualTo("task-1");
  }

  @Test
  void aWorkItemIsNoFact() {
    WorkItem work = new WorkItem.EditWork(JOB, TASK, 1, 1);

    assertThat(FactCodec.readWork(work.type(), FactCodec.bytes(work))).isEqualTo(work);
    assertThatThrownBy(() -> FactCodec.readFact(work.type(), FactCodec.bytes(work)))
        .isInstanceOf(MalformedEventException.class).hasMessageContaining(work.type());
  }

  @Test
  void saysWhichFieldIsWrong() {
    byte[] shotZero = "{\"jobId\":\"job-1\",\"shot\":0}".getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() -> FactCodec.readFact(Fact.ShotFound.TYPE, shotZero))
        .isInstanceOf(MalformedEventException.class).hasMessageContaining("the shot is 0");
    assertThatThrownBy(() -> FactCodec.readFact(Fact.ShotFound.TYPE, "null".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(MalformedEventException.class);
  }

  @Test
  void onlyAFinalJobHasAnOutputAndOnlyACancelledOneMayBeSilent() {
    Optional<ObjectRef> film = Optional.of(new ObjectRef("out", "a.mp4"));
    assertThatThrownBy(() -> new Fact.JobEnded(JOB, EndState.FINAL, Optional.empty(), Optional.empty()))
        .hasMessageContaining("final without an output");
    assertThatThrownBy(() -> new Fact.JobEnded(JOB, EndState.FAILED, Optional.of("x"), film))
        .hasMessageContaining("failed with an output");
    assertThatThrownBy(() -> new Fact.JobEnded(JOB, EndState.REJECTED, Optional.empty(), Optional.empty()))
        .hasMessageContaining("without a reason");
    assertThat(new Fact.JobEnded(JOB, EndState.CANCELLED, Optional.empty(), Optional.empty()).reason()).isEmpty();
  }

  @Test
  void hashesTellListsApartAndNeverChange() {
    assertThat(JobId.hashOf(List.of("a", "bc"))).isNotEqualTo(JobId.hashOf(List.of("ab", "c")));
    assertThat(JobId.hashOf(List.of("in", "a.mp4", "v1")).value()).isEqualTo("9f5a749d643e22e08e65656d9ade0cef");
  }
}
