package org.answerprint.worker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A real {@link WorkerMain} in a process of its own. */
final class WorkerProcess implements AutoCloseable {

  private static final long LONGEST_SECONDS = 120;

  private final Process process;
  private final Path log;

  private WorkerProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  static WorkerProcess start(Path folder, Map<String, String> environment, String... arguments) {
    try {
      Path target = Path.of("target").toAbsolutePath();
      Path log = Files.createTempFile(folder, "worker", ".log");
      String classPath = target.resolve("classes") + ":" + Files.readString(target.resolve("worker.classpath")).strip();
      List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx1g",
          "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow",
          "-XX:ErrorFile=" + folder.resolve("crash-%p.log"), "-cp", classPath, WorkerMain.class.getName()));
      command.addAll(List.of(arguments));
      ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile()).redirectError(log.toFile());
      builder.environment().putAll(environment);
      builder.environment().put("DJL_CACHE_DIR", target.resolve("djl").toString());
      builder.environment().put("OPT_OUT_TRACKING", "true");
      return new WorkerProcess(builder.start(), log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until it is ready. */
  WorkerProcess ready() throws IOException {
    BufferedReader out = process.inputReader();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith("READY ")) {
        return this;
      }
    }
    throw new IllegalStateException("the worker ended before it was ready: " + log());
  }

  void terminate() {
    process.destroy();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Waits until it has ended. */
  int exitCode() throws InterruptedException {
    if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the worker does not end: " + log());
    }
    return process.exitValue();
  }

  String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
