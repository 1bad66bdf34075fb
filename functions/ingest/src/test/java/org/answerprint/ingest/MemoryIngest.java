package org.answerprint.ingest;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.answerprint.events.Fact;
import org.answerprint.stage.Stage;
import org.answerprint.stage.StageSettings;
import org.answerprint.storage.MemoryObjectStore;
import org.answerprint.testing.HandClock;
import org.answerprint.testing.Stores;
import org.answerprint.testkit.NoWork;
import org.answerprint.transport.memory.InMemoryFactPublisher;

/** Ingest over memory, with a clock that is turned by hand; it counts what the store is asked. */
final class MemoryIngest implements AutoCloseable {

  final AtomicInteger asked = new AtomicInteger();
  private final HandClock clock = new HandClock();
  private final MemoryObjectStore store = new MemoryObjectStore(clock);
  private final InMemoryFactPublisher facts = new InMemoryFactPublisher();
  final Stage stage = new Stage(StageSettings.of(Map.of()), clock,
      Stores.watched(store, (verb, key) -> asked.incrementAndGet()), facts, new NoWork(), new SimpleMeterRegistry());
  final IngestService ingest = new IngestService(stage);
  final SweepService sweeps = new SweepService(stage, ingest);

  /** Lands an object, a minute after whatever was before. */
  void land(String key, byte[] bytes) {
    clock.turn(Duration.ofMinutes(1));
    store.put(stage.jobs().buckets().in(), key, bytes, "application/octet-stream");
  }

  void land(String key, String text) {
    land(key, text.getBytes(StandardCharsets.UTF_8));
  }

  /** What becomes of an object, a minute later. */
  Ingested landed(String key) {
    clock.turn(Duration.ofMinutes(1));
    return ingest.landed(key);
  }

  /** A sweep, a minute later. */
  SweepService.Swept sweep() {
    clock.turn(Duration.ofMinutes(1));
    return sweeps.sweep();
  }

  long jobs() {
    return stage.jobs().list("jobs/").stream().filter(object -> object.key().endsWith("/job.json")).count();
  }

  List<Fact> facts() {
    return facts.published();
  }

  @Override
  public void close() {
    stage.close();
  }
}
