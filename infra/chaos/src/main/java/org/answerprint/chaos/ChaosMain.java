package org.answerprint.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Chaos for as long as one likes: {@code -Danswerprint.chaos.seed=}, {@code .runs=}, {@code .jobs=}, {@code .blows=}.
 * The argument is a folder for data; that of runs that went well is removed. Exit code 1: a promise was broken.
 */
public final class ChaosMain {

  private static final ChaosOptions USUAL = new ChaosOptions(1, 10, 12, 24);

  private ChaosMain() {}

  public static void main(String[] args) throws IOException {
    ChaosOptions options = ChaosOptions.of(System::getProperty, USUAL);
    Path folder = args.length > 0 ? Path.of(args[0]) : Files.createTempDirectory("chaos");
    int broken = 0;
    for (long seed = options.seed(); seed < options.seed() + options.runs(); seed++) {
      Path data = folder.resolve("seed-" + seed);
      long start = System.nanoTime();
      Verdict verdict = ChaosRun.run(data, seed, options.jobs(), options.blows());
      System.out.println(verdict + " in " + (System.nanoTime() - start) / 1_000_000_000 + " s");
      if (verdict.violations().isEmpty()) {
        Folders.delete(data);
      } else {
        broken++;
        System.out.println("  its data: " + data);
      }
    }
    System.exit(broken == 0 ? 0 : 1);
  }
}
