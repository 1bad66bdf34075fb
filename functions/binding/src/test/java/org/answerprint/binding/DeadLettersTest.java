package org.answerprint.binding;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.IncomingKafkaRecord;
import io.smallrye.reactive.messaging.kafka.commit.KafkaCommitHandler;
import io.smallrye.reactive.messaging.kafka.fault.KafkaFailureHandler;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.answerprint.faults.InternalFault;
import org.answerprint.faults.TransientFault;
import org.answerprint.stage.Stage;
import org.answerprint.stage.StageSettings;
import org.answerprint.storage.MemoryObjectStore;
import org.answerprint.testing.Stores;
import org.answerprint.testkit.NoWork;
import org.answerprint.transport.memory.InMemoryFactPublisher;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A topic for dead letters that takes none, and a bucket that refuses for a while. */
class DeadLettersTest {

  private static final Duration SOON = Duration.ofMinutes(2);

  private final AtomicInteger refusals = new AtomicInteger(2);
  private final MemoryObjectStore bucket = new MemoryObjectStore(Clock.systemUTC());
  private final Stage stage = new Stage(StageSettings.of(Map.of()), Clock.systemUTC(),
      Stores.away(bucket, () -> refusals.getAndDecrement() > 0), new InMemoryFactPublisher(), new NoWork(), new SimpleMeterRegistry());
  private final List<Long> acknowledged = new CopyOnWriteArrayList<>();
  private final KafkaFailureHandler letters = new DeadLetters((config, vertx, consumer, report) -> new FullTopic(), stage)
      .create(null, null, null, null);

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void aLetterThatNeitherTopicNorBucketTakesIsKeptOnceTheBucketIsWellAndTheChannelGoesOn() {
    letters.handle(record(7), new InternalFault("nobody can read this"), Metadata.empty()).await().atMost(SOON);
    assertThat(refusals).hasNonPositiveValue();
    assertThat(kept()).singleElement().asString().contains("poison", "answerprint.parts/3/7", "nobody can read this", "the topic is full");
    assertThat(acknowledged).as("the next record is read").containsExactly(7L);
  }

  private IncomingKafkaRecord<String, byte[]> record(long offset) {
    ConsumerRecord<String, byte[]> record =
        new ConsumerRecord<>("answerprint.parts", 3, offset, "a-job", "poison".getBytes(StandardCharsets.UTF_8));
    return new IncomingKafkaRecord<>(record, "parts", 0, new Commits(), letters, false);
  }

  private List<String> kept() {
    String work = stage.jobs().buckets().work();
    List<String> kept = new ArrayList<>();
    stage.jobs().list("dead-letters/").forEach(letter -> stage.store().get(work, letter.key(), 1 << 20)
        .ifPresent(bytes -> kept.add(new String(bytes, StandardCharsets.UTF_8))));
    return kept;
  }

  private static final class FullTopic implements KafkaFailureHandler {

    @Override
    public <K, V> Uni<Void> handle(IncomingKafkaRecord<K, V> message, Throwable reason, Metadata metadata) {
      return Uni.createFrom().failure(new TransientFault("the topic is full"));
    }
  }

  private final class Commits implements KafkaCommitHandler {

    @Override
    public <K, V> Uni<Void> handle(IncomingKafkaRecord<K, V> message) {
      acknowledged.add(message.getOffset());
      return Uni.createFrom().voidItem();
    }
  }
}
