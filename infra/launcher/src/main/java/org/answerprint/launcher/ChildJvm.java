package org.answerprint.launcher;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A JVM that this process started and that dies with it: the child ends when its standard input closes, which the
 * operating system sees to even if this process is killed. Ctrl-C and the end of the terminal do not reach it, so that its
 * parent ends several in order. Thread-safe.
 */
public final class ChildJvm implements AutoCloseable {
  private static final String READY = "READY ";

  private final ChildOptions options;
  private final Process process;
  private final String ready;

  private ChildJvm(ChildOptions options, Process process, String ready) {
    this.options = options;
    this.process = process;
    this.ready = ready;
  }

  /**
   * Starts the child and returns once it has said READY.
   *
   * @throws LaunchException if it ends or stays silent instead; it is gone then
   */
  public static ChildJvm start(ChildOptions options) {
    try {
      Files.createDirectories(options.logFile().toAbsolutePath().getParent());
      if (options.startCache().isPresent()) {
        Files.createDirectories(options.startCache().get().file().toAbsolutePath().getParent());
      }
      long logStart = Files.exists(options.logFile()) ? Files.size(options.logFile()) : 0;
      Process process = launch(options);
      return new ChildJvm(options, process, awaitReady(options, process, logStart));
    } catch (IOException e) {
      throw new LaunchException("The " + options.name() + " could not be started: " + e.getMessage() + ".",
          OptionalInt.empty());
    }
  }

  /** What the child said after READY, a JSON object by convention. */
  public String ready() {
    return ready;
  }

  /** A whole number of the READY object's top level, such as {@code port}. */
  public OptionalLong readyNumber(String field) {
    Matcher matcher = Pattern.compile("\"" + Pattern.quote(field) + "\"\\s*:\\s*(-?\\d+)").matcher(ready);
    return matcher.find() ? OptionalLong.of(Long.parseLong(matcher.group(1))) : OptionalLong.empty();
  }

  /** The process id. */
  public long pid() {
    return process.pid();
  }

  /** Whether the process runs; a frozen one does. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Completes with the exit code when the process has ended, however it ended. */
  public CompletableFuture<Integer> onExit() {
    return process.onExit().thenApply(Process::exitValue);
  }

  /** Where the child's log is. */
  public Path logFile() {
    return options.logFile();
  }

  /** The last line of the child's log that says something, if any. */
  public Optional<String> lastLogLine() {
    return lastLine(options.logFile(), 0);
  }

  /** Ends the process at once ({@code kill -9}), with nothing saved, and returns when it is gone. */
  public void kill() {
    process.destroyForcibly();
    awaitEnd(process);
  }

  /** Stops the process where it stands ({@code kill -STOP}). */
  public void freeze() {
    signal("STOP");
  }

  /** Lets a frozen process go on ({@code kill -CONT}). */
  public void thaw() {
    signal("CONT");
  }

  /** Asks the child to end and returns when it has; one that takes too long is killed. Safe to repeat. */
  @Override
  public void close() {
    closeInput();
    if (process.isAlive() && !endsWithin(options.endLimit())) {
      kill();
    }
  }

  /** Asks the child to end without waiting for it. */
  void closeInput() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      // a pipe whose reader has gone is as closed as it can be
    }
  }

  private boolean endsWithin(Duration limit) {
    try {
      return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void signal(String name) {
    try {
      Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start();
      awaitEnd(kill);
      if (kill.exitValue() != 0) {
        throw new IllegalStateException("The " + options.name() + " took no signal; it has ended.");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Process launch(ChildOptions options) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(options.command());
    builder.environment().putAll(options.environment());
    // these print a line of their own on standard error and are meant for this JVM, not for its children
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.environment().remove("JDK_JAVA_OPTIONS");
    builder.redirectError(ProcessBuilder.Redirect.appendTo(options.logFile().toFile()));
    return builder.start();
  }

  private static String awaitReady(ChildOptions options, Process process, long logStart) {
    CompletableFuture<Optional<String>> line = new CompletableFuture<>();
    Thread.ofPlatform().daemon().name(options.name() + "-output").start(() -> pump(options, process, line));
    try {
      return line.get(options.readyLimit().toMillis(), TimeUnit.MILLISECONDS)
          .orElseThrow(() -> failed(options, process, logStart));
    } catch (TimeoutException e) {
      end(process);
      throw new LaunchException("The " + options.name() + " was not ready within "
          + options.readyLimit().toSeconds() + " s; its log is " + options.logFile() + ".", OptionalInt.empty());
    } catch (InterruptedException e) {
      end(process);
      Thread.currentThread().interrupt();
      throw new LaunchException("The start of the " + options.name() + " was interrupted.", OptionalInt.empty());
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  /** Completes the line with what follows READY, or empty at the end; everything else goes to the log. */
  private static void pump(ChildOptions options, Process process, CompletableFuture<Optional<String>> ready) {
    try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (line.startsWith(READY) && !ready.isDone()) {
          ready.complete(Optional.of(line.substring(READY.length())));
        } else {
          Files.writeString(options.logFile(), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
      }
    } catch (IOException e) {
      // the stream of a killed process may break in the middle; the exit code says what happened
    } finally {
      ready.complete(Optional.empty());
    }
  }

  private static LaunchException failed(ChildOptions options, Process process, long logStart) {
    end(process);
    int code = process.exitValue();
    return new LaunchException(lastLine(options.logFile(), logStart).orElse(String.format(Locale.ROOT,
        "The %s ended with exit code %d before it was ready; its log is %s.",
        options.name(), code, options.logFile())), OptionalInt.of(code));
  }

  private static Optional<String> lastLine(Path log, long from) {
    try {
      byte[] all = Files.readAllBytes(log);
      String tail = new String(all, (int) Math.min(from, all.length),
          (int) Math.max(0, all.length - from), StandardCharsets.UTF_8);
      return tail.lines().filter(line -> !line.isBlank()).reduce((_, later) -> later);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static void end(Process process) {
    if (process.isAlive()) {
      try {
        // it has closed its output or is late; what it writes while it ends is in the log
        if (process.waitFor(2, TimeUnit.SECONDS)) {
          return;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      process.destroyForcibly();
    }
    awaitEnd(process);
  }

  private static void awaitEnd(Process process) {
    process.onExit().join();
  }
}
