package org.answerprint.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.answerprint.faults.RequestFault;
import org.answerprint.graph.Graph;
import org.answerprint.runtime.Engine;
import org.answerprint.weights.Tensors;
import org.answerprint.weights.WeightFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerTest {

  private final List<String> lines = new ArrayList<>();

  @TempDir
  private Path folder;

  private Trainer trainer() {
    return trainer("from nothing");
  }

  private Trainer trainer(String origin) {
    return new Trainer("line", folder, Engine.cpu(), lines::add, origin);
  }

  @Test
  void leavesTheAveragedWeightsAndSaysHowItWent() {
    trainer().learn(new Line(1), Plan.of(20, 0.05, 1), false);
    assertThat(lines.getLast()).startsWith("line 20 of 20, loss ").contains("root", "s a step", "0 min left");
    try (Tensors learnt = WeightFiles.open(trainer().result())) {
      assertThat(learnt.names()).containsExactlyInAnyOrder("line.weight", "line.bias");
    }
  }

  @Test
  void goesOnWhereItStopped() throws Exception {
    trainer().learn(new Line(1), Plan.of(20, 0.05, 1), false);
    byte[] once = Files.readAllBytes(trainer().result());
    trainer().learn(new Line(1), Plan.of(20, 0.05, 1), true);
    assertThat(lines).contains("line goes on after 20 of 20 steps");
    assertThat(trainer().result()).hasBinaryContent(once);
  }

  @Test
  void whatAnotherTrainingHasLeftIsNeitherGoneOnFromNorTakenForItsOwn() {
    Plan first = Plan.of(20, 0.05, 1);
    trainer().learn(new Line(1), first, false);
    assertThat(trainer().isFinished(first)).isTrue();
    for (Plan other : List.of(Plan.of(20, 0.05, 2), Plan.of(30, 0.05, 1), Plan.of(20, 0.01, 1))) {
      assertThat(trainer().isFinished(other)).isFalse();
      assertThatThrownBy(() -> trainer().learn(new Line(1), other, true)).isInstanceOf(RequestFault.class)
          .hasMessageContaining("is of another training").hasMessageContaining("seed 1").hasMessageContaining("--resume");
    }
    assertThatThrownBy(() -> trainer("from model 1").learn(new Line(1), first, true)).isInstanceOf(RequestFault.class);
    assertThat(trainer("from model 1").isFinished()).isFalse();
    assertThat(trainer().isFinished()).isTrue();
  }

  @Test
  void aTrainingThatIsStoppedAtOnceLeavesNothingOfTheOneBefore() {
    trainer().learn(new Line(1), Plan.of(20, 0.05, 1), false);
    Plan next = Plan.of(20, 0.05, 2);
    assertThatThrownBy(() -> trainer().learn(new Stopped(), next, false)).hasMessage("stopped");
    assertThat(trainer().isFinished()).isFalse();
    trainer().learn(new Line(2), next, true);
    assertThat(lines).noneMatch(line -> line.contains("goes on"));
    assertThat(trainer().isFinished(next)).isTrue();
  }

  /** A lesson whose training somebody stops before its first step. */
  private record Stopped() implements Lesson {

    @Override
    public List<Graph> graphs() {
      throw new IllegalStateException("stopped");
    }

    @Override
    public Batch batch(long step) {
      throw new IllegalStateException("never asked for");
    }
  }

  @Test
  void givesTheSameBitsAgain() throws Exception {
    trainer().learn(new Line(1), Plan.of(20, 0.05, 1), false);
    byte[] once = Files.readAllBytes(trainer().result());
    trainer().learn(new Line(1), Plan.of(20, 0.05, 1), false);
    assertThat(trainer().result()).hasBinaryContent(once);
  }
}
