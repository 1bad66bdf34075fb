package org.answerprint.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.answerprint.launcher.Home;
import org.answerprint.storage.Buckets;
import org.answerprint.storage.StorageSettings;

/** {@code ./answerprint up} in a data folder of its own, in a process that can be killed and started again. */
final class LiveSystem implements AutoCloseable {

  private static final Duration START_LIMIT = Duration.ofMinutes(5);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Home home = Home.find();
  private final Path data;
  private final Path log;
  private final Map<String, String> environment;
  private Process up;
  private JsonNode running;

  private LiveSystem(Path data, Map<String, String> environment) {
    this.data = data;
    this.log = data.resolve("up.log");
    this.environment = environment;
  }

  /**
   * Starts it and returns when it says that it runs.
   *
   * @param environment for all of its processes, added to this one's
   */
  static LiveSystem start(Path data, Map<String, String> environment) {
    LiveSystem system = new LiveSystem(data, environment);
    system.start();
    return system;
  }

  /** Starts it again after its end. */
  void start() {
    try {
      Files.createDirectories(data);
      Files.deleteIfExists(data.resolve("running.json"));
      ProcessBuilder builder = new ProcessBuilder(command()).redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
      builder.environment().putAll(environment);
      up = builder.start();
      await("the system does not start", START_LIMIT, () -> Files.exists(data.resolve("running.json")) || !up.isAlive());
      if (!up.isAlive()) {
        throw new IllegalStateException("the system did not start: " + Files.readString(log));
      }
      running = JSON.readTree(data.resolve("running.json").toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> command() {
    List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Danswerprint.home=" + home.path(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m",
        "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
    Optional.ofNullable(System.getProperty("answerprint.cache")).ifPresent(folder -> command.add("-Danswerprint.cache=" + folder));
    command.addAll(List.of("-cp", origin() + File.pathSeparator + home.classPath("infra/cli"), UpUntilInputEnds.class.getName(),
        "org.answerprint.cli.Main", "up", "--s3-port", "0", "--data", data.toString()));
    return command;
  }

  private static String origin() {
    try {
      return Path.of(UpUntilInputEnds.class.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Where the objects are as files, one folder a bucket. */
  Path buckets() {
    return data.resolve("objects").resolve("buckets");
  }

  /** Where the logs are. */
  Path data() {
    return data;
  }

  /** How to reach the buckets; another way after each start. */
  StorageSettings storage() {
    try {
      List<String> keys = Files.readAllLines(data.resolve("keys"));
      return new StorageSettings(Optional.of(URI.create(running.get("s3Endpoint").asText())), running.get("region").asText(),
          Optional.of(new StorageSettings.Credentials(keys.get(0), keys.get(1))), Buckets.prefixed(running.get("prefix").asText()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where Kafka clients connect; another address after each start. */
  String kafka() {
    return running.get("kafka").asText();
  }

  /** Deals the blow and returns when the part works again. */
  void suffer(Blow blow) throws InterruptedException {
    List<ProcessHandle> hit = Processes.of(up.toHandle(), blow.part());
    if (blow.frozen().isPresent()) {
      Processes.freeze(hit);
      Thread.sleep(blow.frozen().get());
      Processes.thaw(hit);
      return;
    }
    long before = backs(blow.part());
    Processes.kill(hit);
    if (blow.part() == Part.EVERYTHING) {
      awaitEnd(hit);
      start();
    } else {
      await(blow.part() + " is not started again", START_LIMIT, () -> backs(blow.part()) == before + hit.size());
    }
  }

  /** Kills the supervisor alone and returns the processes that it had started. */
  List<ProcessHandle> killTheSupervisor() {
    List<ProcessHandle> children = up.descendants().toList();
    Processes.kill(List.of(up.toHandle()));
    return children;
  }

  /** Returns when all of them have ended. */
  static void awaitEnd(List<ProcessHandle> processes) {
    await("killed processes do not end: " + processes, STOP_LIMIT, () -> processes.stream().noneMatch(ProcessHandle::isAlive));
  }

  /** How often the supervisor has said that a process of this part is back. */
  private long backs(Part part) {
    try {
      return Files.readAllLines(log).stream().filter(line -> part.names().stream().anyMatch(name -> line.equals(name + " is back"))).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for something to become true. */
  static void await(String trouble, Duration limit, BooleanSupplier condition) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(trouble + " within " + limit.toSeconds() + " s");
      }
      try {
        Thread.sleep(100);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while waiting: " + trouble, e);
      }
    }
  }

  /** Ends it in order. */
  @Override
  public void close() {
    List<ProcessHandle> all = Processes.of(up.toHandle(), Part.EVERYTHING);
    try {
      up.getOutputStream().close();
      if (!up.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        Processes.kill(all);
      }
    } catch (IOException e) {
      Processes.kill(all);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      Processes.kill(all);
    }
  }
}
