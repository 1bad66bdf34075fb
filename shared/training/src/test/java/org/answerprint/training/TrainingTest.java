package org.answerprint.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.answerprint.faults.InternalFault;
import org.answerprint.faults.RequestFault;
import org.answerprint.graph.AdamW;
import org.answerprint.runtime.Engine;
import org.answerprint.weights.Tensors;
import org.answerprint.weights.WeightFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingTest {

  private static final Plan PLAN = new Plan(400, 0.1, 0.9, 5, new AdamW.Settings(0.9, 0.999, 1e-8, 0, OptionalDouble.of(1)));

  private final Lesson lesson = new Line(1);

  @TempDir
  private Path folder;

  private Training training() {
    return new Training(lesson, PLAN, Engine.cpu());
  }

  private static Map<String, Double> take(Training training, Lesson lesson, int steps) {
    Map<String, Double> last = Map.of();
    for (int i = 0; i < steps; i++) {
      last = training.step(lesson.batch(training.steps()));
    }
    return last;
  }

  @Test
  void findsTheNumbersThatTheDataWereMadeWith() {
    try (Training training = training()) {
      Map<String, Double> losses = take(training, lesson, 400);
      assertThat(losses.get("root")).isCloseTo(Math.sqrt(losses.get(Lesson.LOSS)), within(1e-5));
      assertThat(losses).containsKey(AdamW.GRADIENT_NORM);
      assertThat(training.average().get("line.weight").toFloats()).satisfies(found -> {
        assertThat(found[0]).isCloseTo(2, within(0.01f));
        assertThat(found[1]).isCloseTo(-1, within(0.01f));
      });
      assertThat(training.average().get("line.bias").toFloats()[0]).isCloseTo(3, within(0.01f));
    }
  }

  @Test
  void goesOnFromACheckpointWithTheBitsOfATrainingThatNeverStopped() {
    Path file = folder.resolve("state.safetensors");
    try (Training whole = training(); Training first = training(); Training second = training()) {
      take(whole, lesson, 9);
      take(first, lesson, 4);
      first.save(file);
      second.load(file);
      assertThat(second.steps()).isEqualTo(4);
      take(second, lesson, 5);
      assertThat(second.average().get("line.weight").toFloats()).isEqualTo(whole.average().get("line.weight").toFloats());
      Path one = folder.resolve("one");
      Path other = folder.resolve("other");
      whole.save(one);
      second.save(other);
      assertThat(other).hasSameBinaryContentAs(one);
    }
  }

  @Test
  void averagesTheWeightsOverTheLastSteps() {
    try (Training training = training()) {
      List<Float> values = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        take(training, lesson, 1);
        values.add(weight(training));
      }
      double average = InitialWeights.of(lesson.graphs().getFirst().weights().getFirst(), PLAN.seed())[0];
      for (int i = 0; i < 3; i++) {
        average = PLAN.kept(i) * average + (1 - PLAN.kept(i)) * values.get(i);
      }
      assertThat(training.average().get("line.weight").toFloats()[0]).isCloseTo((float) average, within(1e-6f));
    }
  }

  private float weight(Training training) {
    Path file = folder.resolve("now");
    training.save(file);
    try (Tensors state = WeightFiles.open(file)) {
      return state.get("line.weight").toFloats()[0];
    }
  }

  @Test
  void refusesTheCheckpointOfAnotherLesson() {
    Path file = folder.resolve("state");
    Lesson other = ToyboxImage.depthLesson(Amounts.USUAL, 1);
    try (TrainingState state = new TrainingState(other.graphs().getFirst().weights().subList(0, 1)); Training training = training()) {
      state.save(file);
      assertThatThrownBy(() -> training.load(file)).isInstanceOf(RequestFault.class).hasMessageContaining("line.weight");
    }
  }

  @Test
  void keepsTheLastSoundCheckpointWhereWeightsAreNoNumbersAnyMore() throws Exception {
    Path file = folder.resolve("state");
    try (Training training = training()) {
      training.save(file);
      byte[] sound = Files.readAllBytes(file);
      float[] broken = lesson.batch(0).floats().get("x").clone();
      broken[0] = Float.NaN;
      training.step(Batch.of(0, Map.of("x", broken, "y", lesson.batch(0).floats().get("y"))));
      assertThatThrownBy(() -> training.save(file)).isInstanceOf(InternalFault.class).hasMessageContaining("learning rate");
      assertThat(file).hasBinaryContent(sound);
    }
  }
}
