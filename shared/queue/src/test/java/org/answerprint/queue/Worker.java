package org.answerprint.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A {@link WorkerMain} to be killed and frozen. */
final class Worker implements AutoCloseable {

  private final Process process;
  private final BufferedReader output;

  private Worker(Process process) {
    this.process = process;
    this.output = process.inputReader();
  }

  static Worker start(Place place, Duration lock) throws IOException {
    List<String> command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--sun-misc-unsafe-memory-access=allow",
        "-Djava.util.logging.config.file=" + System.getProperty("java.util.logging.config.file"),
        "-cp", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
        WorkerMain.class.getName()));
    command.addAll(place.arguments());
    command.add(Long.toString(lock.toMillis()));
    return new Worker(new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /** Has it take the next item, which is to be this one. */
  void take(String key) throws IOException {
    tell("take");
    assertThat(says()).isEqualTo("TAKEN " + key);
  }

  /** Has it settle its item; whether it still held it then. */
  boolean settles() throws IOException {
    tell("done");
    return switch (says()) {
      case "SETTLED held=true" -> true;
      case "SETTLED held=false" -> false;
      case String line -> throw new IllegalStateException("the worker said " + line);
    };
  }

  private String says() throws IOException {
    String line = output.readLine();
    if (line == null) {
      throw new IllegalStateException("the worker has ended");
    }
    return line;
  }

  private void tell(String command) throws IOException {
    process.outputWriter().write(command + "\n");
    process.outputWriter().flush();
  }

  void kill() {
    process.destroyForcibly();
  }

  void freeze() throws IOException, InterruptedException {
    signal("-STOP");
  }

  void thaw() throws IOException, InterruptedException {
    signal("-CONT");
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
  }

  private void signal(String signal) throws IOException, InterruptedException {
    int result = new ProcessBuilder("kill", signal, Long.toString(process.pid())).inheritIO().start().waitFor();
    if (result != 0) {
      throw new IllegalStateException("kill " + signal + " answered " + result);
    }
  }
}
