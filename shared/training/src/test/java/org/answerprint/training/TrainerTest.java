package org.answerprint.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
    return new Trainer("line", folder, Engine.cpu(), lines::add);
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
  void givesTheSameBitsAgain() throws Exception {
    trainer().learn(new Line(1), Plan.of(20, 0.05, 1), false);
    byte[] once = Files.readAllBytes(trainer().result());
    trainer().learn(new Line(1), Plan.of(20, 0.05, 1), false);
    assertThat(trainer().result()).hasBinaryContent(once);
  }
}
