package org.answerprint.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.answerprint.graph.Dim;
import org.answerprint.graph.ElementType;
import org.answerprint.graph.GraphBuilder;
import org.answerprint.graph.Shape;
import org.answerprint.graph.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TelemetryTest {

  @TempDir
  private Path home;

  /** A process that loads a graph of many nodes and ends. */
  static final class Loads {

    private Loads() {}

    public static void main(String[] args) {
      GraphBuilder g = GraphBuilder.create();
      Tensor x = g.input("x", ElementType.FLOAT, Shape.of(Dim.of("B"), Dim.of(2)));
      for (int i = 0; i < 2_000; i++) {
        x = g.silu(x);
      }
      g.output("y", x);
      Session.open(Engine.cpu(), g.build(), BoundWeights.none()).close();
    }
  }

  /** ONNX Runtime's sender reads the command line by recursion, and overflowed the stack where the class path was long. */
  @Test
  void startsNoSenderSoThatCommandLinesMayBeLongAndStacksSmall() throws IOException, InterruptedException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Path log = home.resolveSibling(home.getFileName() + ".log");
    ProcessBuilder builder = new ProcessBuilder(List.of(java.toString(), "--enable-native-access=ALL-UNNAMED", "-Xss512k", "-Xshare:auto",
        "-XX:TieredStopAtLevel=1", "-XX:-CreateCoredumpOnCrash", "-Dpadding=" + "/some/where.jar:".repeat(2_000), Loads.class.getName()));
    builder.environment().clear();
    builder.environment().put("HOME", home.toString());
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
      assertThat(process.exitValue()).as(Files.readString(log)).isZero();
    } finally {
      process.destroyForcibly();
      Files.deleteIfExists(log);
    }
    try (Stream<Path> written = Files.walk(home)) {
      assertThat(written.filter(Files::isRegularFile)).as("no numbers of devices, nothing to be sent").isEmpty();
    }
  }
}
