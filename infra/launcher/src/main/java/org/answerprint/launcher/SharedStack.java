package org.answerprint.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One local stack for all tests of a JVM, started when first asked for and gone, with its data, when the JVM ends.
 * Tests share it, so they use buckets, keys, topics and groups with names of their own. Tests that all need the same half of it
 * share that alone, which is another one. Thread-safe.
 */
public final class SharedStack {
  private SharedStack() {}

  /** The stack; starts it on the first call. */
  public static LocalStack get() {
    return Whole.STACK;
  }

  /** A broker without an S3 server; starts it on the first call. */
  public static LocalStack broker() {
    return BrokerAlone.STACK;
  }

  /** An S3 server without a broker; starts it on the first call. */
  public static LocalStack objectStore() {
    return ObjectStoreAlone.STACK;
  }

  private static LocalStack start(Function<StackOptions, LocalStack> start) {
    try {
      Path folder = Files.createTempDirectory("answerprint-stack");
      Path cache = Home.find().path().resolve("infra").resolve("stack").resolve("target").resolve("cache");
      LocalStack stack = start.apply(StackOptions.in(folder).withCacheFolder(Optional.of(cache)));
      Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("shared-stack").unstarted(() -> {
        stack.close();
        delete(folder);
      }));
      return stack;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> paths = Files.walk(folder)) {
      paths.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
    } catch (IOException e) {
      // a temporary folder that stays behind harms nobody
    }
  }

  private static final class Whole {
    private static final LocalStack STACK = start(LocalStack::start);
  }

  private static final class BrokerAlone {
    private static final LocalStack STACK = start(LocalStack::startBroker);
  }

  private static final class ObjectStoreAlone {
    private static final LocalStack STACK = start(LocalStack::startObjectStore);
  }
}
