package org.answerprint.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.answerprint.media.Limits;
import org.answerprint.media.sandbox.DecoderStart;
import org.answerprint.media.sandbox.SandboxedVideo;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The start cache of decoders, here rather than beside it since it takes a class path of jars. */
class DecoderStartTest {

  private static final String PROPERTY = "answerprint.cache";

  private final Optional<String> usual = Optional.ofNullable(System.getProperty(PROPERTY));

  @TempDir
  private Path folder;

  @BeforeEach
  void useTheFolder() {
    System.setProperty(PROPERTY, folder.toString());
  }

  @AfterEach
  void useTheUsualOne() {
    usual.ifPresentOrElse(value -> System.setProperty(PROPERTY, value), () -> System.clearProperty(PROPERTY));
  }

  @Test
  void aCacheThatWasMadeIsUsedByDecoders() throws IOException {
    assertThat(DecoderStart.make(folder)).isTrue();
    assertThat(files()).containsExactly("decoder.aot");
    assertThat(mapped()).contains(folder.resolve("decoder.aot").toString());
    assertThat(files()).as("none is made where one fits").containsExactly("decoder.aot");
  }

  @Test
  void theFirstDecoderBeginsToMakeACacheAndDoesNotWaitForIt() throws IOException {
    assertThat(mapped()).doesNotContain("decoder.aot");
    Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> files().equals(List.of("decoder.aot")));
    assertThat(mapped()).contains("decoder.aot");
  }

  @Test
  void aCacheThatIsOlderThanTheJarsIsMadeAnew() throws IOException {
    Path old = Files.writeString(folder.resolve("decoder.aot"), "made for other jars");
    Files.setLastModifiedTime(old, FileTime.fromMillis(0));
    mapped();
    Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> Files.size(old) > 1_000_000);
    assertThat(mapped()).contains("decoder.aot");
  }

  @Test
  void whereAnotherMakesTheCacheNobodyElseDoes() throws IOException {
    Files.createDirectory(folder.resolve("decoder.making"));
    mapped();
    assertThat(DecoderStart.make(folder)).isFalse();
    assertThat(files()).containsExactly("decoder.making");
  }

  /** What a decoder has in its memory of files. */
  private String mapped() throws IOException {
    List<ProcessHandle> before = ProcessHandle.current().descendants().toList();
    try (SandboxedVideo film = SandboxedVideo.open(new MemoryBytes(Corpus.honest()), Limits.STANDARD)) {
      assertThat(film.info().video().width()).isPositive();
      ProcessHandle decoder = ProcessHandle.current().descendants().filter(process -> !before.contains(process))
          .filter(process -> maps(process).contains("libavformat")).findFirst().orElseThrow();
      return maps(decoder);
    }
  }

  private static String maps(ProcessHandle process) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(process.pid()), "maps"));
    } catch (IOException e) {
      return "";
    }
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
