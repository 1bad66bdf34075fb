package org.answerprint.media.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.answerprint.media.FileBytes;
import org.answerprint.media.Films;
import org.answerprint.media.Limits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each wall is tried from inside, by a program that runs as a decoder does. */
@Timeout(120)
class WallsTest {

  private static final SandboxSettings SETTINGS = new SandboxSettings(64, 768, 60, 20);

  @TempDir Path folder;

  @Test
  void withoutWallsAProgramDoesAllOfIt() throws Exception {
    Map<String, String> tried = breakOut("none");
    assertThat(List.of("read", "list", "connect", "exec", "socket", "memory-file", "read-by-an-older-thread"))
        .allSatisfy(name -> assertThat(tried).containsEntry(name, "succeeded"));
  }

  @Test
  void behindAllWallsNothingCanBeOpenedStartedReachedOrChanged() throws Exception {
    Map<String, String> tried = breakOut("all");
    assumeTrue((Integer.parseInt(tried.remove("walls")) & Walls.FILTER) != 0, "this kernel has no system call filters");
    assertThat(tried).hasSizeGreaterThan(25).allSatisfy((name, outcome) -> assertThat(outcome).as(name).isEqualTo("failed"));
    assertThat(folder.toFile().list()).containsExactly("canary");
    assertThat(folder.resolve("canary")).hasContent("alive");
  }

  @ParameterizedTest
  @ValueSource(strings = {"filter", "landlock"})
  void eitherWallAloneWouldDo(String wall) throws Exception {
    Map<String, String> tried = breakOut(wall);
    assumeTrue(!tried.remove("walls").equals("0"), "this kernel does not have this wall");
    assertThat(List.of("read", "list", "write", "append", "delete", "rename", "link", "folder", "connect"))
        .allSatisfy(name -> assertThat(tried).containsEntry(name, "failed"));
    assertThat(folder.resolve("canary")).hasContent("alive");
  }

  private Map<String, String> breakOut(String walls) throws Exception {
    Path canary = Files.writeString(folder.resolve("canary"), "alive");
    try (ServerSocket port = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Map<String, String> lines = new HashMap<>();
      run(BreakOut.class, walls, canary.toString(), Integer.toString(port.getLocalPort()),
          Long.toString(ProcessHandle.current().pid())).lines().map(line -> line.split(" ", 2))
          .forEach(words -> lines.put(words[0], words[1]));
      return new HashMap<>(lines);
    }
  }

  /** Runs a program of this test with the class path, limits and options of a decoder. */
  private static String run(Class<?> main, String... arguments) throws IOException, InterruptedException {
    ProcessBuilder builder = ChildCommand.of(SETTINGS, main, arguments);
    List<String> command = builder.command();
    int at = command.indexOf("-cp") + 1;
    command.set(at, testClasses() + File.pathSeparator + command.get(at));
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return output;
  }

  private static Path testClasses() {
    return Path.of(BreakOut.class.getProtectionDomain().getCodeSource().getLocation().getPath());
  }

  @Test
  void nativeMemoryEndsAtTheLimit() throws Exception {
    String output = run(BreakOut.Glutton.class).strip();
    assertThat(output).startsWith("refused after ");
    assertThat(Integer.parseInt(output.substring(14))).isBetween(300, SETTINGS.memoryMegabytes());
  }

  @Test
  void aDecoderStandsBehindAllWalls() throws IOException {
    Path film = Films.plain(folder.resolve("film.mp4"), 10);
    try (SandboxedVideo video = SandboxedVideo.open(FileBytes.open(film), Limits.STANDARD, SETTINGS)) {
      Path process = Path.of("/proc", Long.toString(video.childPid().orElseThrow()));
      assumeTrue(Files.readString(Path.of("/proc/self/status")).contains("Seccomp:"), "this kernel has no filters");
      assertThat(Files.readAllLines(process.resolve("status"))).contains("NoNewPrivs:\t1", "Seccomp:\t2");
      assertThat(Files.readString(process.resolve("oom_score_adj")).strip()).isEqualTo("1000");
    }
  }

  @Test
  void aDecoderEndsWithItsParent() throws Exception {
    ProcessBuilder decoder = ChildCommand.decoder(SETTINGS, "");
    List<String> command = decoder.command();
    command.set(command.size() - 2, Long.toString(Long.MAX_VALUE));
    Process process = decoder.start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("its input is still open, its parent another").isTrue();
  }

  @Test
  void aDecoderOfClassesInFoldersTakesNoneFromACache(@TempDir Path folder) throws IOException {
    Files.createFile(folder.resolve("decoder.aot"));
    Optional<String> before = Optional.ofNullable(System.setProperty("answerprint.cache", folder.toString()));
    try {
      assertThat(ChildCommand.decoder(SETTINGS, "").command()).noneMatch(option -> option.startsWith("-XX:AOTCache"));
    } finally {
      before.ifPresentOrElse(value -> System.setProperty("answerprint.cache", value), () -> System.clearProperty("answerprint.cache"));
    }
  }
}
