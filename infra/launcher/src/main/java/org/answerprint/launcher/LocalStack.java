package org.answerprint.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A Kafka broker and an S3 server of one's own, each in a child JVM on loopback. Uploads into the {@code in} bucket are
 * announced on the storage topic. Closing ends both; so does the end of this process, however it comes. Either can be had alone;
 * the methods of the other throw {@link IllegalStateException} then. Thread-safe.
 */
public final class LocalStack implements AutoCloseable {
  private static final int PORT_TRIES = 5;
  private static final Duration READY_LIMIT = Duration.ofMinutes(3);

  private enum Part { BROKER, OBJECT_STORE }

  private final StackOptions options;
  private final Set<Part> parts;
  private final StackKeys keys;
  private final String classPath;
  private final int brokerPort;
  private final int controllerPort;
  private final int objectStorePort;
  private Optional<ChildJvm> broker = Optional.empty();
  private Optional<ChildJvm> objectStore = Optional.empty();

  private LocalStack(StackOptions options, Set<Part> parts, String classPath, int[] ports) {
    this.options = options;
    this.parts = parts;
    this.keys = StackKeys.of(options.dataFolder());
    this.classPath = classPath;
    this.brokerPort = ports[0];
    this.controllerPort = ports[1];
    this.objectStorePort = ports[2];
    launch();
  }

  /**
   * Starts both and returns when both can be used.
   *
   * @throws LaunchException if one cannot start: the folder or a port is in use, or the stack is not built
   */
  public static LocalStack start(StackOptions options) {
    return start(options, EnumSet.allOf(Part.class));
  }

  /**
   * Starts the broker alone and returns when it can be used.
   *
   * @throws LaunchException as {@link #start}
   */
  public static LocalStack startBroker(StackOptions options) {
    return start(options, EnumSet.of(Part.BROKER));
  }

  /**
   * Starts the S3 server alone, which announces nothing, and returns when it can be used.
   *
   * @throws LaunchException as {@link #start}
   */
  public static LocalStack startObjectStore(StackOptions options) {
    return start(options, EnumSet.of(Part.OBJECT_STORE));
  }

  private static LocalStack start(StackOptions options, Set<Part> parts) {
    String classPath = Home.find().classPath("infra/stack");
    requireFree(options.brokerPort());
    requireFree(options.objectStorePort());
    for (int i = 1;; i++) {
      int[] ports = ports(options);
      try {
        return new LocalStack(options, parts, classPath, ports);
      } catch (LaunchException e) {
        // a free port can be taken by another process before the child has it
        boolean ours = Stream.of(options.brokerPort(), options.objectStorePort())
            .noneMatch(port -> port != 0 && e.getMessage().contains("Port " + port + " "));
        if (i == PORT_TRIES || !ours || !e.getMessage().startsWith("Port ")) {
          throw e;
        }
      }
    }
  }

  /** Where Kafka clients connect. */
  public String bootstrapServers() {
    require(Part.BROKER);
    return "127.0.0.1:" + brokerPort;
  }

  /** Where S3 clients connect; they need path-style access. */
  public URI s3Endpoint() {
    require(Part.OBJECT_STORE);
    return URI.create("http://127.0.0.1:" + objectStorePort);
  }

  /** The identity that may use the S3 server. */
  public String accessKey() {
    return keys.accessKey();
  }

  /** Its secret. */
  public String secretKey() {
    return keys.secretKey();
  }

  /** What posts to the functions of this data folder carry as their bearer token. */
  public String httpToken() {
    return keys.httpToken();
  }

  /** The region that S3 clients sign for. */
  public String region() {
    return options.region();
  }

  /** The topic on which uploads into {@link #inBucket()} are announced. */
  public String storageTopic() {
    return StackOptions.STORAGE_TOPIC;
  }

  /** Where uploads land. */
  public String inBucket() {
    return options.prefix() + "-in";
  }

  /** Where the state and the parts of jobs are. */
  public String workBucket() {
    return options.prefix() + "-work";
  }

  /** Where results are. */
  public String outBucket() {
    return options.prefix() + "-out";
  }

  /** Where everything is kept. */
  public Path dataFolder() {
    return options.dataFolder();
  }

  /** The running broker, to freeze, thaw or watch. */
  public synchronized ChildJvm broker() {
    require(Part.BROKER);
    return broker.orElseThrow();
  }

  /** The running S3 server, to freeze, thaw or watch. */
  public synchronized ChildJvm objectStore() {
    require(Part.OBJECT_STORE);
    return objectStore.orElseThrow();
  }

  /** Ends the broker with {@code kill -9}. */
  public synchronized void killBroker() {
    broker().kill();
  }

  /** Ends the S3 server with {@code kill -9}. */
  public synchronized void killObjectStore() {
    objectStore().kill();
  }

  /** Starts the broker again on the same port and data; a running one is ended in order first. */
  public synchronized void restartBroker() {
    broker().close();
    broker = Optional.of(launchBroker());
  }

  /** Starts the S3 server again on the same port and data; a running one is ended in order first. */
  public synchronized void restartObjectStore() {
    objectStore().close();
    objectStore = Optional.of(launchObjectStore());
  }

  /** Ends both in order; safe to repeat. */
  @Override
  public synchronized void close() {
    // the store first: it may still have notifications for the broker
    objectStore.ifPresent(ChildJvm::close);
    broker.ifPresent(ChildJvm::close);
  }

  private void launch() {
    CompletableFuture<Optional<ChildJvm>> store = CompletableFuture.supplyAsync(
        () -> launch(Part.OBJECT_STORE, this::launchObjectStore), Thread::startVirtualThread);
    try {
      broker = launch(Part.BROKER, this::launchBroker);
    } catch (RuntimeException e) {
      store.exceptionally(_ -> Optional.empty()).join().ifPresent(ChildJvm::close);
      throw e;
    }
    try {
      objectStore = store.join();
    } catch (CompletionException e) {
      broker.ifPresent(ChildJvm::close);
      throw e.getCause() instanceof LaunchException launch ? launch : e;
    }
  }

  private Optional<ChildJvm> launch(Part part, Supplier<ChildJvm> start) {
    return Optional.of(part).filter(parts::contains).map(_ -> start.get());
  }

  private void require(Part part) {
    if (!parts.contains(part)) {
      throw new IllegalStateException("the stack in " + options.dataFolder() + " was started without " + part + "; start it whole");
    }
  }

  private ChildJvm launchBroker() {
    List<String> arguments = new ArrayList<>(List.of(
        "--data", options.dataFolder().resolve("broker").toString(),
        "--port", Integer.toString(brokerPort),
        "--controller-port", Integer.toString(controllerPort),
        "--lock-millis", Long.toString(options.recordLock().toMillis())));
    options.topics().forEach((name, partitions) -> arguments.addAll(List.of("--topic", name + ":" + partitions)));
    options.shareGroups().forEach(group -> arguments.addAll(List.of("--share-group", group)));
    return start("broker", "org.answerprint.stack.BrokerMain", options.brokerHeapMegabytes(), arguments, Map.of());
  }

  private ChildJvm launchObjectStore() {
    List<String> arguments = new ArrayList<>(List.of(
        "--data", options.dataFolder().resolve("objects").toString(),
        "--port", Integer.toString(objectStorePort),
        "--bucket", inBucket(), "--bucket", workBucket(), "--bucket", outBucket(),
        "--region", region()));
    if (parts.contains(Part.BROKER)) {
      arguments.addAll(List.of(
          "--notify-bucket", inBucket(), "--topic", storageTopic(), "--bootstrap-servers", bootstrapServers()));
    }
    Map<String, String> secrets = Map.of(
        "ANSWERPRINT_ACCESS_KEY", accessKey(), "ANSWERPRINT_SECRET_KEY", secretKey());
    return start("object-store", "org.answerprint.stack.ObjectStoreMain", options.objectStoreHeapMegabytes(),
        arguments, secrets);
  }

  private ChildJvm start(
      String name, String main, int heapMegabytes, List<String> arguments, Map<String, String> environment) {
    Path log = options.dataFolder().resolve("logs").resolve(name + ".log");
    return ChildJvm.start(ChildOptions.ofMain(name, main, classPath, log)
        .withJvmArguments(Stream.concat(JvmFlags.heap(heapMegabytes).stream(), Stream.of(
            // short of two cores and of minutes to live: the quick compiler starts fastest
            "-XX:TieredStopAtLevel=1",
            "--sun-misc-unsafe-memory-access=allow")).toList())
        .withArguments(arguments)
        // seconds on an idle machine; a busy one is no fault
        .withReadyLimit(READY_LIMIT)
        .withEnvironment(environment)
        .withStartCache(options.cacheFolder()
            .map(folder -> new StartCache(folder.resolve(name + ".jsa"), StartCache.Mode.GROWING))));
  }

  /** Says at once what the child would say after a second or two. */
  private static void requireFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      socket.getLocalPort();
    } catch (IOException e) {
      throw new LaunchException("Port " + port + " on 127.0.0.1 is in use; stop what listens there or choose another "
          + "port.", OptionalInt.of(2));
    }
  }

  /** Three different ports, free a moment ago where none was asked for. */
  private static int[] ports(StackOptions options) {
    InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
    try (ServerSocket first = new ServerSocket(0, 1, loopback);
        ServerSocket second = new ServerSocket(0, 1, loopback);
        ServerSocket third = new ServerSocket(0, 1, loopback)) {
      return new int[] {
        options.brokerPort() == 0 ? first.getLocalPort() : options.brokerPort(),
        second.getLocalPort(),
        options.objectStorePort() == 0 ? third.getLocalPort() : options.objectStorePort()
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
