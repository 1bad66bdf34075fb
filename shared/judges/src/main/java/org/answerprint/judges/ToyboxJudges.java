package org.answerprint.judges;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.answerprint.runtime.Engine;
import org.answerprint.training.Lesson;
import org.answerprint.training.Plan;
import org.answerprint.training.Size;
import org.answerprint.training.Trainable;
import org.answerprint.training.Trainer;
import org.answerprint.weights.ElementType;
import org.answerprint.weights.SafetensorsWriter;
import org.answerprint.weights.TensorSpec;
import org.answerprint.weights.Tensors;
import org.answerprint.weights.WeightFiles;

/** How the judges of the Toybox come to be: both are learnt here, from seeds that no generator's training has. */
public final class ToyboxJudges implements Trainable {

  /** What both together are called where something can be trained. */
  public static final String NAME = "toybox-judges";

  static final String READER = "attribute-reader";
  static final String TEXT_IMAGE = "text-image";
  static final List<Size> SIZES = List.of(new Size(64, 64), new Size(112, 64));

  /** The stream of scenes that judges alone learn from: "judges" in letters' codes. */
  private static final long SEED = 0x6a7564676573L;
  private static final int ROWS = 64;
  private static final long READER_STEPS = 5_000;
  private static final double READER_RATE = 2e-3;
  private static final long TEXT_IMAGE_STEPS = 6_000;
  private static final double TEXT_IMAGE_RATE = 1.5e-3;

  static Lesson readerLesson() {
    return new ReaderLesson(ReaderNetwork.USUAL, SIZES, ROWS, SEED);
  }

  static Lesson textImageLesson() {
    return new TextImageLesson(TextImageNetwork.USUAL, SIZES, ROWS, SEED + 1);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String what() {
    return "the judges of edits: attribute reader and text-image model";
  }

  /**
   * Trains one after the other, and leaves {@code attribute-reader.fp16.safetensors} and {@code text-image.fp16.safetensors}: what lies
   * beside this class.
   */
  @Override
  public void train(Path folder, Engine engine, OptionalLong steps, boolean resume, Consumer<String> news) {
    learn(READER, readerLesson(), Plan.of(steps.orElse(READER_STEPS), READER_RATE, SEED), folder, engine, resume, news);
    learn(TEXT_IMAGE, textImageLesson(), Plan.of(steps.orElse(TEXT_IMAGE_STEPS), TEXT_IMAGE_RATE, SEED), folder, engine, resume, news);
  }

  private static void learn(String name, Lesson lesson, Plan plan, Path folder, Engine engine, boolean resume, Consumer<String> news) {
    Trainer trainer = new Trainer(name, folder, engine, news);
    trainer.learn(lesson, plan, resume);
    narrow(trainer.result(), folder.resolve(name + ".fp16.safetensors"));
  }

  private static void narrow(Path wide, Path narrow) {
    try (Tensors tensors = WeightFiles.open(wide)) {
      List<TensorSpec> specs = tensors.all().stream()
          .map(tensor -> new TensorSpec(tensor.name(), ElementType.FLOAT16, tensor.shape())).toList();
      try (SafetensorsWriter writer = new SafetensorsWriter(narrow, specs, Map.of())) {
        tensors.all().forEach(writer::put);
        writer.finish();
      }
    }
  }
}
