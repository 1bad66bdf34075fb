package org.answerprint.stage;

import static org.answerprint.stage.TestStage.JOB;
import static org.answerprint.stage.TestStage.TASK;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.Stream;
import org.answerprint.events.EndState;
import org.answerprint.events.Fact;
import org.answerprint.events.FactCodec;
import org.answerprint.events.FailureKind;
import org.answerprint.events.Message;
import org.answerprint.events.ObjectVersion;
import org.answerprint.events.WorkItem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StageOutboxTest {

  static Stream<Fact> facts() {
    return Stream.of(
        new Fact.VideoAccepted(JOB),
        new Fact.VideoRejected(JOB, new ObjectVersion("test-in", "a.mp4", "1", 1), "no video"),
        new Fact.ShotFound(JOB, 1),
        new Fact.FilmPlanned(JOB),
        new Fact.ShotEdited(JOB, TASK, 1, 1, 1),
        new Fact.TransitionMade(JOB, TASK, 1, 1),
        new Fact.TaskFailed(JOB, TASK, 1, 1, FailureKind.REQUEST, "wrong"),
        new Fact.PartsCompleted(JOB),
        new Fact.JobEnded(JOB, EndState.CANCELLED, Optional.empty(), Optional.empty()),
        new Fact.ReviewRequested(JOB, "cancel"));
  }

  @ParameterizedTest
  @MethodSource("facts")
  void factsArePublishedAndCounted(Fact fact) {
    try (TestStage world = new TestStage()) {
      world.stage.outbox().send(fact);

      assertThat(world.facts.published()).containsExactly(fact);
      assertThat(world.items).isEmpty();
      assertThat(world.meters.get("answerprint.facts").counter().count()).isEqualTo(1);
    }
  }

  @Test
  void workGoesToTheQueueUnderItsTasksName() {
    try (TestStage world = new TestStage()) {
      Message work = new WorkItem.EditWork(JOB, TASK, 2, 1);
      world.stage.outbox().send(work);

      assertThat(world.facts.published()).isEmpty();
      assertThat(world.items).singleElement().satisfies(item -> {
        assertThat(item.key()).isEqualTo(TASK.value());
        assertThat(FactCodec.readWork(item.header(StageOutbox.TYPE).orElseThrow(), item.body())).isEqualTo(work);
      });
    }
  }
}
