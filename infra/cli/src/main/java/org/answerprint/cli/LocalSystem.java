package org.answerprint.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.answerprint.launcher.ChildJvm;
import org.answerprint.launcher.ChildOptions;
import org.answerprint.launcher.JvmFlags;
import org.answerprint.launcher.LaunchException;
import org.answerprint.launcher.LocalStack;
import org.answerprint.launcher.StackOptions;
import org.answerprint.launcher.StartCache;
import org.answerprint.media.sandbox.DecoderStart;
import org.answerprint.storage.Buckets;
import org.answerprint.storage.StorageSettings;

/**
 * Everything on this machine: the broker, the S3 server, the functions, and workers, each in a JVM of its own that is
 * started again when it dies. Closing ends them; so does the end of this process, however it comes. Thread-safe.
 */
final class LocalSystem implements AutoCloseable {

  static final String PREFIX = "answerprint";

  private static final List<String> QUICK = List.of(
      "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow",
      "-Djava.awt.headless=true", "-Dorg.bytedeco.javacpp.nopointergc=true");

  private final Place place;
  private final LocalStack stack;
  private final List<Supervised> children = new ArrayList<>();
  private int httpPort;

  /**
   * What to start.
   *
   * @param s3Port of the S3 server, 0 for a free one
   * @param kafkaPort of the broker, 0 for a free one
   * @param httpPort of the functions, 0 for a free one
   * @param workers how many
   * @param training whether this run makes the start caches of the functions and of the one worker when it ends
   */
  record Wanted(int s3Port, int kafkaPort, int httpPort, int workers, boolean training) {
    /** Free ports and two workers: one would leave a core idle while it waits for a file. */
    static final Wanted USUAL = new Wanted(0, 0, 0, 2, false);
    /** Free ports and one worker, since one cache serves all of them. */
    static final Wanted TRAINING = new Wanted(0, 0, 0, 1, true);
  }

  private LocalSystem(Place place, LocalStack stack) {
    this.place = place;
    this.stack = stack;
  }

  /**
   * Starts the broker and the S3 server alone, to read and write jobs that nobody works on.
   *
   * @throws LaunchException where the data folder or a port is in use
   */
  static LocalSystem startStorage(Place place, Wanted wanted, Consumer<String> news) {
    LocalStack stack = LocalStack.start(options(place, wanted));
    LocalSystem system = new LocalSystem(place, stack);
    system.children.add(Supervised.start("the broker", restarting(stack::broker, stack::restartBroker), news));
    system.children.add(Supervised.start("the S3 server", restarting(stack::objectStore, stack::restartObjectStore), news));
    return system;
  }

  /**
   * Starts everything and returns when all of it can be used.
   *
   * @throws LaunchException where the data folder or a port is in use
   */
  static LocalSystem start(Place place, Wanted wanted, Consumer<String> news) {
    LocalSystem system = startStorage(place, wanted, news);
    try {
      // only now is the folder ours: another system's files in the making are none of our business
      clean(place.data().resolve("scratch"));
      system.startFunctions(wanted, news);
      return system;
    } catch (RuntimeException e) {
      system.close();
      throw e;
    }
  }

  private void startFunctions(Wanted wanted, Consumer<String> news) {
    List<CompletableFuture<Supervised>> starting = new ArrayList<>();
    starting.add(begin("the functions", () -> ChildJvm.start(functions(wanted)), news));
    for (int i = 1; i <= wanted.workers(); i++) {
      String worker = "worker-" + i;
      starting.add(begin(worker, () -> ChildJvm.start(worker(worker, wanted)), news));
    }
    List<RuntimeException> failures = new ArrayList<>();
    for (CompletableFuture<Supervised> each : starting) {
      try {
        children.add(each.join());
      } catch (CompletionException e) {
        failures.add(e.getCause() instanceof RuntimeException cause ? cause : e);
      }
    }
    failures.stream().findFirst().ifPresent(first -> {
      throw first;
    });
    httpPort = (int) children.get(2).child().readyNumber("httpPort").orElse(wanted.httpPort());
  }

  private static CompletableFuture<Supervised> begin(String name, Supplier<ChildJvm> starter, Consumer<String> news) {
    return CompletableFuture.supplyAsync(() -> Supervised.start(name, starter, news), Thread::startVirtualThread);
  }

  /** The first call answers the child that is there; later ones start another. */
  private static Supplier<ChildJvm> restarting(Supplier<ChildJvm> child, Runnable restart) {
    boolean[] started = new boolean[1];
    return () -> {
      if (started[0]) {
        restart.run();
      }
      started[0] = true;
      return child.get();
    };
  }

  private static StackOptions options(Place place, Wanted wanted) {
    Map<String, Integer> topics = new HashMap<>(StackOptions.PRODUCT_TOPICS);
    // of one partition, so that all workers read it and none keeps a part of it to itself
    topics.put("answerprint.work", 1);
    return StackOptions.in(place.data()).withPorts(wanted.kafkaPort(), wanted.s3Port()).withPrefix(PREFIX)
        .withTopics(topics).withShareGroups(List.of("answerprint.work.workers")).withCacheFolder(Optional.of(place.cache()));
  }

  private ChildOptions functions(Wanted wanted) {
    Path jar = place.home().path().resolve("infra/chain/target/quarkus-app/quarkus-run.jar");
    if (Files.notExists(jar)) {
      throw new LaunchException("The module infra/chain is not built; run ./answerprint, which builds it.", java.util.OptionalInt.of(2));
    }
    List<String> flags = flags(256);
    flags.addAll(List.of("-Danswerprint.supervised=true",
        // what is under way when it ends is done again, so that there is nothing to wait for
        "-Dmp.messaging.connector.smallrye-kafka.graceful-shutdown=false"));
    return ChildOptions.ofJar("functions", jar, place.log("functions")).withJvmArguments(flags)
        .withEnvironment(environment(Map.of("ANSWERPRINT_HTTP_PORT", Integer.toString(wanted.httpPort()),
            "ANSWERPRINT_HTTP_TOKEN", stack.httpToken())))
        .withStartCache(Optional.of(startCache("functions", wanted)));
  }

  private ChildOptions worker(String name, Wanted wanted) {
    return ChildOptions.ofMain(name, "org.answerprint.worker.WorkerMain", place.home().classPath("infra/worker"), place.log(name))
        .withJvmArguments(flags(1024)).withEnvironment(environment(Map.of("ANSWERPRINT_WORKER", name)))
        .withStartCache(Optional.of(startCache("worker", wanted)));
  }

  /** What functions and workers have in common: a quick start, and decoders that share one start cache. */
  private List<String> flags(int heapMegabytes) {
    List<String> flags = new ArrayList<>(QUICK);
    flags.addAll(JvmFlags.heap(heapMegabytes));
    flags.addAll(JvmFlags.compilers());
    flags.addAll(List.of("-Danswerprint.cache=" + place.cache(),
        "-Danswerprint.sandbox.classpath=" + DecoderStart.classPath()));
    return flags;
  }

  private StartCache startCache(String name, Wanted wanted) {
    return new StartCache(place.cache().resolve(name + ".aot"), wanted.training() ? StartCache.Mode.TRAINING : StartCache.Mode.TRAINED);
  }

  private Map<String, String> environment(Map<String, String> more) {
    Map<String, String> all = new HashMap<>(Map.of(
        "ANSWERPRINT_S3_ENDPOINT", stack.s3Endpoint().toString(),
        "ANSWERPRINT_ACCESS_KEY", stack.accessKey(),
        "ANSWERPRINT_SECRET_KEY", stack.secretKey(),
        "ANSWERPRINT_REGION", stack.region(),
        "ANSWERPRINT_PREFIX", PREFIX,
        "ANSWERPRINT_TRANSPORT", "kafka",
        "ANSWERPRINT_KAFKA", stack.bootstrapServers(),
        "ANSWERPRINT_KAFKA_AUTH", "none",
        "ANSWERPRINT_SCRATCH", place.data().resolve("scratch").toString(),
        "ANSWERPRINT_MODELS", ModelsCommand.folder(place).toString()));
    // else each of an encoder's threads gets a part of the heap of its own, and keeps what it has freed
    all.put("MALLOC_ARENA_MAX", "2");
    all.putAll(more);
    return all;
  }

  /** How to reach the buckets. */
  StorageSettings storage() {
    return new StorageSettings(Optional.of(stack.s3Endpoint()), stack.region(),
        Optional.of(new StorageSettings.Credentials(stack.accessKey(), stack.secretKey())), Buckets.prefixed(PREFIX));
  }

  String kafka() {
    return stack.bootstrapServers();
  }

  URI s3Endpoint() {
    return stack.s3Endpoint();
  }

  int httpPort() {
    return httpPort;
  }

  /** What posts to the functions carry. */
  String httpToken() {
    return stack.httpToken();
  }

  /** The processes that make it up, as they are now. */
  List<Long> processes() {
    return children.stream().map(child -> child.child().pid()).toList();
  }

  /** Tells other commands how to use this system. */
  void announce() {
    ProcessHandle self = ProcessHandle.current();
    new Running(self.pid(), Running.begunOf(self), stack.s3Endpoint().toString(), kafka(), httpPort, PREFIX, stack.region())
        .write(place.data());
  }

  /** What a crash left of files in the making belongs to nobody. */
  private static void clean(Path folder) {
    if (Files.notExists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      // what cannot be removed only takes room
    }
  }

  /** Ends everything in order: who works first, then what they work with. */
  @Override
  public synchronized void close() {
    children.forEach(Supervised::release);
    List<CompletableFuture<Void>> ending = children.stream().skip(2)
        .map(child -> CompletableFuture.runAsync(child::close, Thread::startVirtualThread)).toList();
    ending.forEach(CompletableFuture::join);
    stack.close();
  }
}
