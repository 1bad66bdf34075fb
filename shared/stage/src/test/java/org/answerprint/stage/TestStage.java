package org.answerprint.stage;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.answerprint.events.Fact;
import org.answerprint.events.JobId;
import org.answerprint.events.TaskKey;
import org.answerprint.faults.TransientFault;
import org.answerprint.jobs.JobKeys;
import org.answerprint.queue.Item;
import org.answerprint.queue.WorkSender;
import org.answerprint.storage.MemoryObjectStore;
import org.answerprint.testing.Stores;
import org.answerprint.transport.FactPublisher;
import org.answerprint.transport.memory.InMemoryFactPublisher;

/** A stage over memory, with a broker and a store that can be unwell. */
final class TestStage implements AutoCloseable {

  static final JobId JOB = new JobId("a-job");
  static final TaskKey TASK = new TaskKey("a-task");
  static final String OUTPUT = JobKeys.take(TASK);

  final InMemoryFactPublisher facts = new InMemoryFactPublisher();
  final List<Item> items = new ArrayList<>();
  final MemoryObjectStore store = new MemoryObjectStore(Clock.systemUTC());
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  Predicate<Fact> refused = fact -> false;
  boolean storeAway;
  final Stage stage = another(Map.of(), Clock.fixed(Instant.parse("2026-03-04T12:00:00Z"), ZoneOffset.UTC));

  /** One more instance over the same store and broker. */
  Stage another(Map<String, String> environment, Clock clock) {
    return new Stage(StageSettings.of(environment), clock, Stores.away(store, () -> storeAway), new Publisher(), new Sender(), meters);
  }

  void output() {
    stage.jobs().mark(OUTPUT);
  }

  @Override
  public void close() {
    stage.close();
  }

  private final class Publisher implements FactPublisher {

    @Override
    public void publish(Fact fact) {
      if (refused.test(fact)) {
        throw new TransientFault("the broker is away");
      }
      facts.publish(fact);
    }

    @Override
    public void close() {
      facts.close();
    }
  }

  private final class Sender implements WorkSender {

    @Override
    public void send(Item item) {
      items.add(item);
    }

    @Override
    public void close() {
      // nothing is open
    }
  }
}
