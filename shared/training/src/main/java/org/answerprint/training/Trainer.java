package org.answerprint.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.answerprint.faults.RequestFault;
import org.answerprint.faults.TransientFault;
import org.answerprint.graph.AdamW;
import org.answerprint.runtime.Engine;
import org.answerprint.weights.SafetensorsWriter;
import org.answerprint.weights.Tensors;

/**
 * A lesson learnt from its first step or its last checkpoint to the end. In its folder: {@code NAME.training.txt}, which says what
 * training the other files are of, {@code NAME.checkpoint.safetensors}, {@code NAME.png} with what has been learnt so far, and at the
 * end {@code NAME.safetensors}, the averaged weights. Not for several threads at once.
 *
 * @param name of the part, for files and lines
 * @param folder made where it is not there
 * @param engine that computes
 * @param news a line about every {@link #LINE} of work
 * @param origin what its weights begin with, in a few words
 */
public record Trainer(String name, Path folder, Engine engine, Consumer<String> news, String origin) {

  /** How often a checkpoint is written. */
  public static final Duration CHECKPOINT = Duration.ofSeconds(90);
  /** How often a picture is drawn. */
  public static final Duration PICTURE = Duration.ofMinutes(5);
  /** How often a line is given. */
  public static final Duration LINE = Duration.ofSeconds(15);

  /** Where the averaged weights are at the end. */
  public Path result() {
    return folder.resolve(name + ".safetensors");
  }

  private Path checkpoint() {
    return folder.resolve(name + ".checkpoint.safetensors");
  }

  private Path words() {
    return folder.resolve(name + ".training.txt");
  }

  private List<String> words(Plan plan) {
    return List.of(plan.words(), origin);
  }

  /** Whether a training with this origin has come to its end, by whatever plan. */
  public boolean isFinished() {
    return Files.isRegularFile(result()) && wordsThere().stream().skip(1).anyMatch(origin::equals);
  }

  /** Whether this very training has come to its end. */
  public boolean isFinished(Plan plan) {
    return Files.isRegularFile(result()) && wordsThere().equals(words(plan));
  }

  /**
   * Learns a lesson to its end.
   *
   * @param resume whether to go on from a checkpoint, where there is one
   * @throws RequestFault where what is there is of another training than what is to go on
   */
  public void learn(Lesson lesson, Plan plan, boolean resume) {
    begin(plan, resume && Files.exists(checkpoint()));
    try (Training training = new Training(lesson, plan, engine)) {
      if (resume && Files.exists(checkpoint())) {
        training.load(checkpoint());
        news.accept("%s goes on after %d of %d steps".formatted(name, training.steps(), plan.steps()));
      }
      takeSteps(training, lesson, plan);
      training.save(checkpoint());
      draw(training, lesson);
      SafetensorsWriter.write(result(), training.average(), Map.of());
    }
  }

  private void takeSteps(Training training, Lesson lesson, Plan plan) {
    Pace pace = new Pace(training.steps(), plan.steps());
    long kept = System.nanoTime();
    long drawn = kept;
    try (Batches batches = new Batches(lesson, training.steps(), plan.steps())) {
      while (training.steps() < plan.steps()) {
        pace.add(training.step(batches.next()));
        if (pace.isDue() || training.steps() == plan.steps()) {
          news.accept(name + " " + pace.line(training.steps()));
        }
        if (System.nanoTime() - kept > CHECKPOINT.toNanos()) {
          training.save(checkpoint());
          kept = System.nanoTime();
        }
        if (System.nanoTime() - drawn > PICTURE.toNanos()) {
          draw(training, lesson);
          drawn = System.nanoTime();
        }
      }
    }
  }

  private void draw(Training training, Lesson lesson) {
    try (Tensors average = training.average()) {
      lesson.draw(average, folder.resolve(name + ".png"));
    }
  }

  /** What an earlier training has left goes before this one says that the files are its own. */
  private void begin(Plan plan, boolean goesOn) {
    if (goesOn && !wordsThere().equals(words(plan))) {
      throw new RequestFault("%s is of another training (%s), and this one is of %s; leave out --resume to begin anew, or ask for the same"
          .formatted(checkpoint(), String.join(", ", wordsThere()), String.join(", ", words(plan))));
    }
    try {
      Files.createDirectories(folder);
      if (!goesOn) {
        Files.deleteIfExists(result());
        Files.deleteIfExists(checkpoint());
        Files.write(words(), words(plan));
      }
    } catch (IOException e) {
      throw new TransientFault("%s cannot be written to (%s); name another folder".formatted(folder, e), e);
    }
  }

  private List<String> wordsThere() {
    try {
      return Files.exists(words()) ? Files.readAllLines(words()) : List.of();
    } catch (IOException e) {
      throw new TransientFault("%s cannot be read (%s); name another folder".formatted(words(), e), e);
    }
  }

  /** What is told of the steps since the last line. */
  private static final class Pace {

    private final long steps;
    private final Map<String, Double> sums = new LinkedHashMap<>();
    private long told;
    private long since = System.nanoTime();

    Pace(long done, long steps) {
      this.told = done;
      this.steps = steps;
    }

    void add(Map<String, Double> losses) {
      losses.forEach((name, value) -> sums.merge(name, value, Double::sum));
    }

    boolean isDue() {
      return System.nanoTime() - since > LINE.toNanos();
    }

    /** Losses are means since the last line; in brackets the norm of the gradients. */
    String line(long done) {
      long count = done - told;
      double seconds = (System.nanoTime() - since) / 1e9 / count;
      String losses = sums.entrySet().stream().filter(it -> !it.getKey().equals(AdamW.GRADIENT_NORM))
          .map(it -> String.format(Locale.ROOT, "%s %.4f", it.getKey(), it.getValue() / count)).collect(Collectors.joining(", "));
      String line = String.format(Locale.ROOT, "%d of %d, %s (%.2f), %.2f s a step, %.0f min left", done, steps, losses,
          sums.get(AdamW.GRADIENT_NORM) / count, seconds, (steps - done) * seconds / 60);
      told = done;
      since = System.nanoTime();
      sums.clear();
      return line;
    }
  }
}
