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

  /** Seconds of work are cut off here; that such a cache is used is seen of one that is made anew. */
  @Test
  void theFirstDecoderBeginsToMakeACacheAndDoesNotWaitForItAndNothingIsLeftOfOneThatIsEndedOnTheWay() throws IOException {
    assertThat(mapped()).doesNotContain("decoder.aot");
    assertThat(files()).containsExactly("decoder.making");
    Awaitility.await().pollInterval(Duration.ofMillis(20)).atMost(Duration.ofMinutes(1)).until(() -> {
      makers().forEach(ProcessHandle::destroyForcibly);
      return files().isEmpty();
    });
  }

  @Test
  void aCacheThatIsOlderThanTheJarsIsMadeAnew() throws IOException {
    Path old = Files.writeString(folder.resolve("decoder.aot"), "made for other jars");
    Files.setLastModifiedTime(old, FileTime.fromMillis(0));
    mapped();
    Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> Files.size(old) > 1_000_000 && files().equals(List.of("decoder.aot")));
    assertThat(mapped()).contains(old.toString());
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

  /** The virtual machines that make a cache in the folder. */
  private Stream<ProcessHandle> makers() {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return ProcessHandle.current().descendants().filter(process -> proc(process, "cmdline").startsWith(java)
        && proc(process, "cmdline").contains(folder.toString()));
  }

  private static String maps(ProcessHandle process) {
    return proc(process, "maps");
  }

  /** What the kernel tells of a process, or nothing of one that is gone. */
  private static String proc(ProcessHandle process, String file) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(process.pid()), file));
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
