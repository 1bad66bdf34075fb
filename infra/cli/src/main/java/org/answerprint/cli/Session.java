package org.answerprint.cli;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.answerprint.events.Fact;
import org.answerprint.events.FactCodec;
import org.answerprint.jobs.JobStore;
import org.answerprint.launcher.LaunchException;
import org.answerprint.stage.Stage;
import org.answerprint.stage.StageSettings;
import org.answerprint.storage.ObjectStore;
import org.answerprint.storage.S3ObjectStore;
import org.answerprint.storage.StorageSettings;
import org.answerprint.transport.Broker;
import org.answerprint.transport.FactPublisher;
import org.answerprint.transport.KafkaFactPublisher;

/**
 * The way to the buckets and the broker for one command: a store that {@code ANSWERPRINT_S3_ENDPOINT} names, else the
 * local system that runs, else one started for this command alone. Thread-safe.
 */
final class Session implements AutoCloseable {

  /** Where the buckets are that a command uses. */
  enum Origin {
    /** Named by the environment. */
    NAMED,
    /** A local system that {@code up} holds. */
    RUNNING,
    /** Started for this command. */
    OWN
  }

  /** How long a data folder that another process uses is waited for. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** A person who waits hears of trouble sooner than a stage does. */
  static final Duration STORE_PATIENCE = Duration.ofSeconds(10);

  private static final String SOURCE = "/answerprint/cli";

  private final Origin origin;
  private final StorageSettings storage;
  private final Supplier<FactPublisher> publishers;
  private final ObjectStore store;
  private final Optional<LocalSystem> system;
  private final Optional<Thread> hook;

  private Session(Origin origin, StorageSettings storage, Supplier<FactPublisher> publishers, Optional<LocalSystem> system) {
    this.origin = origin;
    this.storage = storage;
    this.publishers = publishers;
    this.store = new S3ObjectStore(storage.withPatience(STORE_PATIENCE));
    this.system = system;
    this.hook = system.map(own -> Thread.ofPlatform().name("stop").unstarted(own::close));
    hook.ifPresent(Runtime.getRuntime()::addShutdownHook);
  }

  /** Whether {@link #open} would start a local system. */
  static boolean wouldStart(Map<String, String> environment, Place place) {
    return !environment.containsKey("ANSWERPRINT_S3_ENDPOINT") && Running.in(place.data()).isEmpty();
  }

  /**
   * Opens the way.
   *
   * @param working whether jobs are to be worked on; else the buckets suffice
   * @param news hears of the local system's troubles, where it is our own
   */
  static Session open(Map<String, String> environment, Place place, boolean working, Consumer<String> news) {
    if (environment.containsKey("ANSWERPRINT_S3_ENDPOINT")) {
      StageSettings settings = StageSettings.of(environment);
      return new Session(Origin.NAMED, settings.storage(), () -> Stage.publisher(settings, SOURCE), Optional.empty());
    }
    long patience = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      Optional<Running> running = Running.in(place.data());
      if (running.isPresent()) {
        return new Session(Origin.RUNNING, running.get().storage(place.data()), overKafka(running.get().kafka()), Optional.empty());
      }
      try {
        return own(place, working, news);
      } catch (LaunchException e) {
        if (!e.requestIsWrong() || System.nanoTime() > patience) {
          throw e;
        }
        waitForAnother(e);
      }
    }
  }

  private static Session own(Place place, boolean working, Consumer<String> news) {
    LocalSystem own = working
        ? LocalSystem.start(place, LocalSystem.Wanted.USUAL, news)
        : LocalSystem.startStorage(place, LocalSystem.Wanted.USUAL, news);
    return new Session(Origin.OWN, own.storage(), overKafka(own.kafka()), Optional.of(own));
  }

  private static Supplier<FactPublisher> overKafka(String bootstrapServers) {
    return () -> new KafkaFactPublisher(Broker.at(bootstrapServers), new FactCodec(SOURCE));
  }

  /** The folder may belong to an {@code up} that is about to say that it runs, or to a command that is about to end. */
  private static void waitForAnother(LaunchException inUse) {
    try {
      Thread.sleep(Duration.ofSeconds(1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw inUse;
    }
  }

  Origin origin() {
    return origin;
  }

  ObjectStore store() {
    return store;
  }

  JobStore jobs() {
    return new JobStore(store, storage.buckets());
  }

  /** Tells the functions a fact. */
  void tell(Fact fact) {
    try (FactPublisher facts = publishers.get()) {
      facts.publish(fact);
    }
  }

  @Override
  public void close() {
    store.close();
    system.ifPresent(LocalSystem::close);
    hook.ifPresent(h -> {
      try {
        Runtime.getRuntime().removeShutdownHook(h);
      } catch (IllegalStateException e) {
        // the process is ending already, and the hook does no harm twice
      }
    });
  }
}
