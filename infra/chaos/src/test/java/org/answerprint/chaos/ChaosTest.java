package org.answerprint.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Jobs on a real system whose processes are killed and frozen. Longer: {@code -Danswerprint.chaos.jobs=40}; again, by
 * the seed that a failure names: {@code -Danswerprint.chaos.seed=N}.
 */
class ChaosTest {

  private static final ChaosOptions USUAL = new ChaosOptions(1, 1, 2, 4);

  @TempDir
  private Path folder;

  @Test
  void everyJobEndsOnceWithTheBytesOfAnUndisturbedRun() {
    ChaosOptions options = ChaosOptions.of(System::getProperty, USUAL);
    for (long seed = options.seed(); seed < options.seed() + options.runs(); seed++) {
      Verdict verdict = ChaosRun.run(folder.resolve("seed-" + seed), seed, options.jobs(), options.blows());
      System.out.println(verdict);
      assertThat(verdict.violations()).as(verdict.toString()).isEmpty();
    }
  }
}
