package org.answerprint.judges;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.answerprint.faults.RequestFault;
import org.answerprint.graph.Graph;
import org.answerprint.graph.NamedType;
import org.answerprint.networks.ClipText;
import org.answerprint.runtime.Engine;
import org.answerprint.training.Batch;
import org.answerprint.training.Lesson;
import org.answerprint.training.Plan;
import org.answerprint.training.Size;
import org.answerprint.training.Training;
import org.answerprint.weights.Tensors;
import org.answerprint.weights.WeightFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LessonsTest {

  private static final Trunk SMALL = new Trunk(List.of(new Trunk.Layer(8, 5, 2), new Trunk.Layer(16, 3, 2)));
  private static final List<Lesson> LESSONS = Arrays.stream(ToyboxJudges.Part.values()).map(part -> part.lesson(3)).toList();
  private static final List<Size> SIZES = List.of(new Size(32, 32), new Size(48, 32));

  @Test
  void aSmallReaderBeginsToLearn() {
    Lesson lesson = new ReaderLesson(new ReaderNetwork(SMALL, 16), SIZES, 16, 1);
    assertThat(lossAfter(lesson, 60)).isLessThan(0.9 * lossAfter(lesson, 1));
  }

  @Test
  void aSmallTextImageModelBeginsToLearn() {
    ClipText text = new ClipText(CaptionWords.count(), CaptionWords.PLACES, 16, 32, 1, 2, ClipText.Activation.QUICK_GELU, 1e-5, 0);
    Lesson lesson = new TextImageLesson(new TextImageNetwork(SMALL, text, 16), SIZES, 16, 1);
    assertThat(lossAfter(lesson, 100)).isLessThan(0.9 * lossAfter(lesson, 1));
  }

  /** The mean of the last five losses, or of fewer. */
  private static double lossAfter(Lesson lesson, int steps) {
    double[] losses = new double[steps];
    try (Training training = new Training(lesson, Plan.of(steps, 5e-3, 1), new Engine.Cpu(1, Engine.Spared.LOADING))) {
      for (int step = 0; step < steps; step++) {
        losses[step] = training.step(lesson.batch(step)).get(Lesson.LOSS);
      }
    }
    return Arrays.stream(losses).skip(Math.max(0, steps - 5)).average().orElseThrow();
  }

  @Test
  void aStepsDataIsTheSameWheneverItIsAskedForAndAnotherThanTheNextSteps() {
    for (Lesson lesson : LESSONS) {
      float[] once = lesson.batch(4).floats().get(ReaderNetwork.PICTURES);
      assertThat(lesson.batch(4).floats().get(ReaderNetwork.PICTURES)).isEqualTo(once);
      assertThat(lesson.batch(6).floats().get(ReaderNetwork.PICTURES)).isNotEqualTo(once);
    }
  }

  @Test
  void noTwoPicturesOfABatchHaveOneStillCaption() {
    Batch batch = LESSONS.getLast().batch(2);
    long[] ids = batch.longs().get(TextImageNetwork.TEXTS);
    Set<List<Long>> texts = new HashSet<>();
    for (int row = 0; row < ids.length / CaptionWords.PLACES; row++) {
      texts.add(Arrays.stream(ids, row * CaptionWords.PLACES, (row + 1) * CaptionWords.PLACES).boxed().toList());
    }
    assertThat(texts).hasSize(ids.length / CaptionWords.PLACES);
  }

  @Test
  void whatIsLearntIsKeptInHalfPrecisionAndOpens(@TempDir Path folder) throws IOException {
    List<String> news = new ArrayList<>();
    ToyboxJudges judges = new ToyboxJudges(folder, new Engine.Cpu(1, Engine.Spared.LOADING), 3, news::add);
    for (ToyboxJudges.Part part : ToyboxJudges.Part.values()) {
      assertThat(judges.isLearnt(part, OptionalLong.of(1))).isFalse();
      judges.learn(part, OptionalLong.of(1), false);
      assertThat(judges.isLearnt(part, OptionalLong.of(1))).isTrue();
      assertThat(judges.isLearnt(part, OptionalLong.empty())).isFalse();
      assertThat(Files.size(judges.result(part))).isLessThan(3_000_000);
    }
    assertThat(news).hasSizeGreaterThanOrEqualTo(2);
    try (Tensors weights = WeightFiles.open(judges.result(ToyboxJudges.Part.READER));
        AttributeReader reader = AttributeReader.open(Engine.cpu(), weights)) {
      assertThat(reader.read(HeldOut.of(1, 2, new Size(64, 64)).pictures())).hasSize(2);
    }
  }

  @Test
  void anUnknownJudgeIsAnsweredWithThoseThereAre() {
    assertThatThrownBy(() -> ToyboxJudges.Part.of("vae")).isInstanceOf(RequestFault.class)
        .hasMessageContaining("vae").hasMessageContaining("attribute-reader, text-image");
  }

  @Test
  void bothJudgesAreSmall() {
    for (Lesson lesson : LESSONS) {
      Graph graph = lesson.graphs().getFirst();
      assertThat(graph.weights().stream().map(NamedType::type).mapToLong(type -> type.shape().elements().value()).sum())
          .isBetween(100_000L, 1_500_000L);
    }
  }
}
