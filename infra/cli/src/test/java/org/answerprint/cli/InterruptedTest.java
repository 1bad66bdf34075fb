package org.answerprint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InterruptedTest {

  @TempDir
  private Path folder;

  @Test
  void aTrainingThatIsStoppedEndsAtOnceSaysHowToGoOnAndDoesNotCrash() throws Exception {
    Process training = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow",
        "-Danswerprint.home=" + System.getProperty("answerprint.home"), "-cp", System.getProperty("java.class.path"), Main.class.getName(),
        "models", "train", "toybox-image", "--part", "captioner", "--steps", "100000", "--out", "training", "--data", "data")
        .directory(folder.toFile()).redirectError(folder.resolve("err").toFile()).start();
    try (BufferedReader out = training.inputReader()) {
      assertThat(out.lines().anyMatch(line -> line.startsWith("captioner "))).as(this::err).isTrue();
      training.destroy();
      assertThat(training.waitFor()).isEqualTo(130);
    } finally {
      training.destroyForcibly();
    }
    assertThat(err()).contains("--resume goes on");
    assertThat(names()).noneMatch(name -> name.startsWith("hs_err") || name.startsWith("core"));
  }

  private String err() {
    try {
      return Files.readString(folder.resolve("err"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
