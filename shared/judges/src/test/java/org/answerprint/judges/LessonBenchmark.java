package org.answerprint.judges;

import java.util.Locale;
import java.util.Map;
import org.answerprint.runtime.Engine;
import org.answerprint.training.Lesson;
import org.answerprint.training.Plan;
import org.answerprint.training.Training;

/** Seconds of a judge's training step: {@code JUDGE [STEPS]}. */
public final class LessonBenchmark {

  private LessonBenchmark() {}

  public static void main(String[] arguments) {
    Lesson lesson = ToyboxJudges.Part.of(arguments[0]).lesson(1);
    int steps = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10;
    try (Training training = new Training(lesson, Plan.of(steps, 2e-3, 1), Engine.cpu())) {
      for (int i = 0; i < steps; i++) {
        long start = System.nanoTime();
        var batch = lesson.batch(i);
        long made = System.nanoTime();
        Map<String, Double> losses = training.step(batch);
        System.out.printf(Locale.ROOT, "batch %.3f s, step %.3f s, %s%n", (made - start) / 1e9, (System.nanoTime() - made) / 1e9, losses);
      }
    }
  }
}
