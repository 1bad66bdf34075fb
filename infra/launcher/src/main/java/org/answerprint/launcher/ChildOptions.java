package org.answerprint.launcher;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What to run in a child JVM. Immutable; the {@code with} methods answer changed copies.
 *
 * @param name for messages, such as "broker"
 * @param program what follows the JVM's options: {@code [main class]}, or {@code [-jar, file]}
 * @param classPath entries separated as on the command line; empty with {@code -jar}
 * @param jvmArguments options of the JVM
 * @param arguments of the main; visible to every user of the machine
 * @param environment added to this process's environment; the place for secrets
 * @param logFile where standard error and everything but the READY line goes, appended
 * @param startCache what makes later starts quicker, if anything
 * @param readyLimit how long the child may take until its READY line
 */
public record ChildOptions(
    String name, List<String> program, String classPath, List<String> jvmArguments, List<String> arguments,
    Map<String, String> environment, Path logFile, Optional<StartCache> startCache, Duration readyLimit) {

  /**
   * Ctrl-C and a closed terminal reach all processes at once. A JVM that begins with these signals ignored leaves them so, and so does
   * whatever it starts.
   */
  private static final List<String> DEAF_TO_THE_TERMINAL = List.of("sh", "-c", "trap '' INT HUP; exec \"$@\"", "sh");

  /** A worker waits for its step for 15 s, and then for 8 s at most until its item is handed back. */
  private static final int END_SECONDS = 25;
  private static final int END_OF_TRAINING_SECONDS = 240;

  /** Copies the collections. */
  public ChildOptions {
    program = List.copyOf(program);
    jvmArguments = List.copyOf(jvmArguments);
    arguments = List.copyOf(arguments);
    environment = Map.copyOf(environment);
  }

  /** Runs a main class with a class path. */
  public static ChildOptions ofMain(String name, String mainClass, String classPath, Path logFile) {
    return new ChildOptions(name, List.of(mainClass), classPath, List.of(), List.of(), Map.of(), logFile,
        Optional.empty(), Duration.ofSeconds(60));
  }

  /** Runs an executable jar. */
  public static ChildOptions ofJar(String name, Path jar, Path logFile) {
    return new ChildOptions(name, List.of("-jar", jar.toString()), "", List.of(), List.of(), Map.of(), logFile,
        Optional.empty(), Duration.ofSeconds(60));
  }

  /** A copy with these JVM options. */
  public ChildOptions withJvmArguments(List<String> options) {
    return new ChildOptions(
        name, program, classPath, options, arguments, environment, logFile, startCache, readyLimit);
  }

  /** A copy with these arguments. */
  public ChildOptions withArguments(List<String> words) {
    return new ChildOptions(
        name, program, classPath, jvmArguments, words, environment, logFile, startCache, readyLimit);
  }

  /** A copy with these environment variables. */
  public ChildOptions withEnvironment(Map<String, String> variables) {
    return new ChildOptions(
        name, program, classPath, jvmArguments, arguments, variables, logFile, startCache, readyLimit);
  }

  /** A copy with this start cache. */
  public ChildOptions withStartCache(Optional<StartCache> cache) {
    return new ChildOptions(
        name, program, classPath, jvmArguments, arguments, environment, logFile, cache, readyLimit);
  }

  /** A copy with this limit. */
  public ChildOptions withReadyLimit(Duration limit) {
    return new ChildOptions(
        name, program, classPath, jvmArguments, arguments, environment, logFile, startCache, limit);
  }

  /** How long it may take to end when asked to: a training run still makes its cache. */
  Duration endLimit() {
    boolean training = startCache.filter(cache -> cache.mode() == StartCache.Mode.TRAINING).isPresent();
    return Duration.ofSeconds(training ? END_OF_TRAINING_SECONDS : END_SECONDS);
  }

  /** The command line, with the JDK that runs this process. The shell gives way to it, so that the process id stays. */
  List<String> command() {
    List<String> command = new ArrayList<>(DEAF_TO_THE_TERMINAL);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    startCache.ifPresent(cache -> command.addAll(cache.options()));
    command.addAll(jvmArguments);
    if (!classPath.isEmpty()) {
      command.add("-cp");
      command.add(classPath);
    }
    command.addAll(program);
    command.addAll(arguments);
    return command;
  }
}
