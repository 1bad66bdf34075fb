package org.answerprint.judges;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.answerprint.faults.RequestFault;
import org.answerprint.runtime.Engine;
import org.answerprint.training.Lesson;
import org.answerprint.training.Plan;
import org.answerprint.training.Size;
import org.answerprint.training.Trainer;
import org.answerprint.weights.ElementType;
import org.answerprint.weights.SafetensorsWriter;
import org.answerprint.weights.Tensors;
import org.answerprint.weights.WeightFiles;

/**
 * The judges of the Toybox learnt from nothing, one by one; what is learnt stays in a folder. In half precision it is what lies beside
 * this class.
 *
 * @param folder of checkpoints and learnt weights
 * @param engine that computes
 * @param seed of everything; {@link #SEED} is no generator's
 * @param news lines of progress
 */
public record ToyboxJudges(Path folder, Engine engine, long seed, Consumer<String> news) {

  /** What both together are called where something can be trained. */
  public static final String NAME = "toybox-judges";
  /** The word "judges" in its letters' codes: scenes of this seed teach judges, and nobody else. */
  public static final long SEED = 0x6a7564676573L;

  static final List<Size> SIZES = List.of(new Size(64, 64), new Size(112, 64));

  private static final int ROWS = 64;

  /** One of the judges. */
  public enum Part {
    READER("attribute-reader", 3_000, 2e-3),
    TEXT_IMAGE("text-image", 4_000, 1.5e-3);

    private final String word;
    private final long steps;
    private final double rate;

    Part(String word, long steps, double rate) {
      this.word = word;
      this.steps = steps;
      this.rate = rate;
    }

    /** As people call it, and its file. */
    public String word() {
      return word;
    }

    /** The part of this name. @throws RequestFault where there is none */
    public static Part of(String word) {
      return Arrays.stream(values()).filter(part -> part.word.equals(word)).findFirst().orElseThrow(() -> new RequestFault(
          "there is no judge %s; give one of %s".formatted(word, String.join(", ", Arrays.stream(values()).map(Part::word).toList()))));
    }

    Lesson lesson(long seed) {
      return switch (this) {
        case READER -> new ReaderLesson(ReaderNetwork.USUAL, SIZES, ROWS, seed);
        case TEXT_IMAGE -> new TextImageLesson(TextImageNetwork.USUAL, SIZES, ROWS, seed + 1);
      };
    }
  }

  /** SHA-256 of the weights that lie beside this class, in hexadecimal digits: what figures of other judges differ by. */
  public static String digest() {
    return Weights.digest();
  }

  /** Where a judge's weights are in half precision, once it is learnt. */
  public Path result(Part part) {
    return folder.resolve(part.word + ".fp16.safetensors");
  }

  /** Whether a judge has been learnt, in so many steps if not in its own number. */
  public boolean isLearnt(Part part, OptionalLong steps) {
    return Files.isRegularFile(result(part)) && trainer(part).isFinished(plan(part, steps));
  }

  private Trainer trainer(Part part) {
    return new Trainer(part.word, folder, engine, news, "from nothing");
  }

  private Plan plan(Part part, OptionalLong steps) {
    return Plan.of(steps.orElse(part.steps), part.rate, seed);
  }

  /**
   * Learns one judge.
   *
   * @param steps other than its own number
   * @param resume whether to go on where an earlier training stopped, instead of anew
   */
  public void learn(Part part, OptionalLong steps, boolean resume) {
    Trainer trainer = trainer(part);
    trainer.learn(part.lesson(seed), plan(part, steps), resume);
    narrow(trainer.result(), result(part));
  }

  private static void narrow(Path wide, Path narrow) {
    try (Tensors tensors = WeightFiles.open(wide)) {
      SafetensorsWriter.writeAs(ElementType.FLOAT16, narrow, List.copyOf(tensors.all()), Map.of());
    }
  }
}
