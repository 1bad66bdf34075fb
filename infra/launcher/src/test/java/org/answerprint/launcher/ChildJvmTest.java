package org.answerprint.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ChildJvmTest {
  @TempDir
  private Path folder;

  @Test
  void readsWhatTheChildSaysAndEndsItThroughItsInput() throws Exception {
    ChildJvm child = ChildJvm.start(options("obedient").withEnvironment(Map.of("SECRET", "s3cret")));

    assertThat(child.ready()).isEqualTo("{\"port\":4711,\"secret\":\"s3cret\"}");
    assertThat(child.readyNumber("port")).hasValue(4711);
    assertThat(child.readyNumber("other")).isEmpty();
    child.close();
    assertThat(child.onExit().get()).isZero();
    assertThat(child.lastLogLine()).contains("bye");
    child.close();
  }

  @Test
  void reportsTheLastSentenceOfAChildThatFails() {
    assertThatThrownBy(() -> ChildJvm.start(options("failing")))
        .isInstanceOfSatisfying(LaunchException.class, e -> assertThat(e.requestIsWrong()).isTrue())
        .hasMessage("The moon is in the way.");
  }

  @Test
  void reportsAChildThatSaysNothing() {
    assertThatThrownBy(() -> ChildJvm.start(options("silent").withReadyLimit(Duration.ofSeconds(1))))
        .isInstanceOfSatisfying(LaunchException.class, e -> assertThat(e.requestIsWrong()).isFalse())
        .hasMessageContaining("was not ready within 1 s");
  }

  @Test
  @Timeout(20)
  void freezesThawsAndKills() throws Exception {
    ChildJvm child = ChildJvm.start(options("obedient"));

    child.freeze();
    // a thread that runs on another core stops a moment after the signal was sent
    while (!state(child).equals("T")) {
      Thread.onSpinWait();
    }
    child.thaw();
    while (state(child).equals("T")) {
      Thread.onSpinWait();
    }
    child.kill();
    assertThat(child.isAlive()).isFalse();
    assertThat(child.onExit().get(5, TimeUnit.SECONDS)).isEqualTo(128 + 9);
  }

  /** What a terminal does at Ctrl-C, to a parent and its child in a process group of their own. */
  @Test
  @Timeout(60)
  void aCtrlCEndsTheParentAndTheChildOnlyThroughItsInput() throws Exception {
    Path log = folder.resolve("sample.log");
    Process parent = new ProcessBuilder("setsid", Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
        System.getProperty("java.class.path"), Sample.class.getName(), "parental", folder.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT).start();
    assertThat(parent.inputReader().readLine()).isEqualTo("the child is ready");

    boolean deaf = ignoresCtrlC(parent);
    Process kill = new ProcessBuilder("kill", "-INT", "--", "-" + parent.pid()).inheritIO().start();
    assertThat(kill.waitFor()).isZero();
    if (deaf) {
      // whoever runs the tests has had it ignore Ctrl-C too
      parent.getOutputStream().close();
    }
    assertThat(parent.waitFor(30, TimeUnit.SECONDS)).isTrue();
    // what the signal ended says nothing
    while (!Files.readString(log).contains("bye")) {
      Thread.onSpinWait();
    }
  }

  /** Whether the process was started to ignore SIGINT, the second signal, by the mask of ignored ones that the kernel shows. */
  private static boolean ignoresCtrlC(Process process) throws IOException {
    String mask = Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
        .filter(line -> line.startsWith("SigIgn:")).findFirst().orElseThrow().substring("SigIgn:".length()).strip();
    return (Long.parseUnsignedLong(mask, 16) & 0b10) != 0;
  }

  /** The one-letter state that the kernel shows; T is stopped. */
  private static String state(ChildJvm child) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + child.pid() + "/stat"));
    return stat.substring(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3);
  }

  private ChildOptions options(String behaviour) {
    return options(behaviour, folder);
  }

  private static ChildOptions options(String behaviour, Path folder) {
    return ChildOptions.ofMain("sample", Sample.class.getName(), System.getProperty("java.class.path"),
        folder.resolve("sample.log")).withArguments(List.of(behaviour));
  }

  /** A child that behaves as told. */
  static final class Sample {
    private Sample() {}

    public static void main(String[] args) throws IOException {
      switch (args[0]) {
        case "failing" -> {
          System.err.println("Something before.\nThe moon is in the way.");
          System.exit(2);
        }
        case "obedient" ->
            System.out.println("READY {\"port\":4711,\"secret\":\"" + System.getenv("SECRET") + "\"}");
        case "parental" -> {
          ChildJvm.start(options("obedient", Path.of(args[1])));
          System.out.println("the child is ready");
        }
        default -> System.out.println("not ready");
      }
      System.in.readAllBytes();
      System.err.println("bye");
    }
  }
}
