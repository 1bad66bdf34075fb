package org.answerprint.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.answerprint.diffusion.NoiseSchedule;
import org.answerprint.graph.NamedType;
import org.answerprint.networks.AutoencoderKL;
import org.answerprint.networks.ClipText;
import org.answerprint.networks.NetworkDefinition;
import org.answerprint.networks.TimeEmbedding;
import org.answerprint.networks.UNet2DCondition;
import org.answerprint.runtime.Engine;
import org.answerprint.weights.Shape;
import org.answerprint.weights.Tensor;
import org.answerprint.weights.Tensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lessons with networks so small that they are learnt in a moment. */
class LessonsTest {

  private static final List<Size> SIZES = List.of(new Size(16, 16), new Size(32, 16));
  private static final AutoencoderKL VAE =
      new AutoencoderKL(3, 3, 4, List.of(8, 8, 8), 1, 4, false, true, true, 1);
  private static final UNet2DCondition UNET = new UNet2DCondition(5, 4, List.of(8, 8), List.of(true, true), List.of(true, true),
      List.of(1, 1), List.of(1, 1), List.of(2, 2), 8, true, 4, 1e-5, new TimeEmbedding(8, true, 0));

  @TempDir
  private Path folder;

  private static Tensors first(NetworkDefinition network) {
    return Tensors.of("first weights", network.weights().stream().map(weight -> Tensor.ofFloats(weight.name(),
        Shape.of(weight.type().shape().sizes()), InitialWeights.of(weight, 1))).toList());
  }

  /** The mean loss of the first and of the last steps. */
  private static double[] learn(Lesson lesson, int steps, double rate) {
    double[] means = new double[2];
    try (Training training = new Training(lesson, Plan.of(steps, rate, 1), new Engine.Cpu(1, Engine.Spared.LOADING))) {
      for (int i = 0; i < steps; i++) {
        double loss = training.step(lesson.batch(i)).get(Lesson.LOSS);
        means[0] += i < 8 ? loss / 8 : 0;
        means[1] += i >= steps - 8 ? loss / 8 : 0;
      }
    }
    return means;
  }

  private static void assertSame(Batch one, Batch other) {
    assertThat(other.graph()).isEqualTo(one.graph());
    one.floats().forEach((name, values) -> assertThat(other.floats().get(name)).as(name).isEqualTo(values));
    one.longs().forEach((name, values) -> assertThat(other.longs().get(name)).as(name).isEqualTo(values));
  }

  @Test
  void anAutoencoderLearnsToGiveBackItsPictures() {
    VaeLesson lesson = new VaeLesson(VAE, SIZES, 4, 1);
    assertSame(lesson.batch(3), lesson.batch(3));
    assertThat(lesson.batch(0).graph()).isZero();
    assertThat(lesson.batch(1).graph()).isEqualTo(1);
    double[] losses = learn(lesson, 80, 1e-2);
    assertThat(losses[1]).isLessThan(0.8 * losses[0]);
  }

  @Test
  void errorsOnTheObjectCountMore() {
    VaeLesson lesson = new VaeLesson(VAE, SIZES, 4, 1);
    float[] weight = lesson.batch(0).floats().get("weight");
    for (int row = 0; row < 4; row++) {
      float[] object = ToyPicture.toLearnFrom(1, row, 16, 16).object();
      for (int i = 0; i < object.length; i++) {
        assertThat(weight[row * object.length + i]).isEqualTo(1 + 3 * object[i]);
      }
    }
  }

  @Test
  void aLessonThatGoesOnBeginsWithTheWeightsItIsGiven() {
    VaeLesson lesson = new VaeLesson(VAE, SIZES, 4, 1);
    List<NamedType> weights = lesson.graphs().getFirst().weights();
    float[] given = new float[Math.toIntExact(weights.getFirst().type().shape().elements().value())];
    Arrays.fill(given, 0.25f);
    Lesson on = new Continued(lesson, Tensors.of("given", List.of(Tensor.ofFloats(
        weights.getFirst().name(), Shape.of(weights.getFirst().type().shape().sizes()), given))));
    assertThat(on.initial(weights.getFirst(), 1)).isEqualTo(given);
    assertThat(on.initial(weights.get(1), 1)).isEqualTo(lesson.initial(weights.get(1), 1));
    assertSame(lesson.batch(2), on.batch(2));
  }

  private static UnetLesson unetLesson(UnetLesson.Parts parts, int rows) {
    return new UnetLesson(parts, OptionalDouble.empty(), NoiseSchedule.scaledLinear(1000, 0.00085, 0.012), SIZES,
        new Amounts(rows, rows, rows, rows, 64, 1), 1);
  }

  @Test
  void aDenoiserLearnsToFindTheNoise() {
    ClipText text = new ClipText(CaptionTokens.count(), 16, 8, 16, 1, 2, ClipText.Activation.QUICK_GELU, 1e-5, CaptionTokens.count() - 1);
    CaptionTokens.write(folder, 16);
    UnetLesson.Parts parts = new UnetLesson.Parts(UNET, text, folder, VAE, first(VAE));
    try (UnetLesson lesson = unetLesson(parts, 4)) {
      assertSame(lesson.batch(3), lesson.batch(3));
      double[] losses = learn(lesson, 80, 1e-2);
      assertThat(losses[1]).isLessThan(0.8 * losses[0]);
    }
  }

  @Test
  void latentsAreScaledToDeviationOneAndDepthLiesWithinItsRange() {
    ClipText text = new ClipText(CaptionTokens.count(), 16, 8, 16, 1, 2, ClipText.Activation.QUICK_GELU, 1e-5, CaptionTokens.count() - 1);
    CaptionTokens.write(folder, 16);
    UnetLesson.Parts parts = new UnetLesson.Parts(UNET, text, folder, VAE, first(VAE));
    try (UnetLesson lesson = unetLesson(parts, 16)) {
      Batch batch = lesson.batch(0);
      float[] latent = batch.floats().get("latent");
      double mean = mean(latent);
      double deviation = 0;
      for (float value : latent) {
        deviation += (value - mean) * (value - mean) / latent.length;
      }
      assertThat(Math.sqrt(deviation)).isBetween(0.6, 1.6);
      for (float value : batch.floats().get("depth")) {
        assertThat(value).isBetween(-1f, 1f);
      }
      float[] signal = batch.floats().get("signal");
      float[] weight = batch.floats().get("weight");
      for (int row = 0; row < signal.length; row++) {
        double ratio = signal[row] * signal[row] / (1 - signal[row] * signal[row]);
        assertThat(weight[row] * ratio).isLessThan(5.01);
        assertThat(weight[row]).isLessThanOrEqualTo(1);
      }
      assertThat(Arrays.stream(batch.longs().get("input_ids")).boxed()).contains((long) text.endOfText());
    }
  }

  private static double mean(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  @Test
  void depthIsSeenAtTheNetworksOwnSizeWhateverThePicturesShape() {
    DepthLesson lesson = new DepthLesson(ToyboxImage.depth(), SIZES, 2, 1);
    Batch batch = lesson.batch(5);
    assertSame(batch, lesson.batch(5));
    assertThat(batch.floats().get("pixel_values")).hasSize(2 * 3 * 64 * 64);
    assertThat(batch.floats().get("nearness")).hasSize(2 * 64 * 64);
    for (float value : batch.floats().get("nearness")) {
      assertThat(value).isBetween(0f, 1f);
    }
    double[] losses = learn(lesson, 16, 1e-3);
    assertThat(losses[1]).isLessThan(losses[0]);
  }

  @Test
  void aCaptionerLearnsWhichWordsGoWithAPicture() {
    CaptionerLesson lesson = new CaptionerLesson(ToyboxImage.captioner(), ToyboxImage.SIZES, 8, 1);
    Batch batch = lesson.batch(5);
    assertSame(batch, lesson.batch(5));
    double marks = mean(batch.floats().get("wanted")) * lesson.words().words();
    assertThat(marks).isCloseTo(lesson.words().choices().size(), within(1e-9));
    assertThat(lesson.words().sentence(Arrays.copyOf(batch.floats().get("wanted"), lesson.words().words())))
        .isEqualTo(ToyPicture.toLearnFrom(1, 5L * lesson.rows(), 64, 64).scene().stillCaption());
    double[] losses = learn(lesson, 24, 2e-3);
    assertThat(losses[1]).isLessThan(losses[0]);
  }
}
