package org.answerprint.chaos;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Reads every message and sends a share of them again: late, in another order, some more than once. A thread of its
 * own; closing ends it.
 */
final class Repeater implements AutoCloseable {

  private static final List<String> TOPICS = List.of("answerprint.storage", "answerprint.accepted", "answerprint.parts",
      "answerprint.ready", "answerprint.work");
  private static final String WORK = "answerprint.work";
  /** Marks a repetition, which is not repeated again. */
  private static final String MARK = "chaos";
  private static final double SHARE = 0.3;
  private static final int LATEST_MILLIS = 6_000;
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final Duration POLL = Duration.ofMillis(100);

  private record Late(long due, ConsumerRecord<byte[], byte[]> message) {}

  private final Supplier<String> servers;
  private final Random random;
  private final Consumer<Wound> wounds;
  private final Map<TopicPartition, Long> positions = new HashMap<>();
  private final PriorityQueue<Late> late = new PriorityQueue<>(Comparator.comparingLong(Late::due));
  private final Thread thread;
  private volatile boolean closing;
  private volatile int seen;
  private volatile int repeated;

  /**
   * @param servers where the broker is; asked again when it is gone
   * @param wounds told of repeated work items
   */
  Repeater(Supplier<String> servers, long seed, Consumer<Wound> wounds) {
    this.servers = servers;
    this.random = new Random(seed);
    this.wounds = wounds;
    this.thread = Thread.ofPlatform().daemon().name("repeater").start(this::run);
  }

  /** Messages that were seen, repetitions apart. */
  int seen() {
    return seen;
  }

  /** Messages that were sent again. */
  int repeated() {
    return repeated;
  }

  private void run() {
    while (!closing) {
      String at = servers.get();
      Map<String, Object> client = Map.of("bootstrap.servers", at, "enable.auto.commit", "false", "reconnect.backoff.max.ms", "500");
      Map<String, Object> producing = Map.of("bootstrap.servers", at, "delivery.timeout.ms", 3000, "request.timeout.ms", 2000,
          "max.block.ms", 2000, "linger.ms", 0);
      try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer());
          KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(producing, new ByteArraySerializer(), new ByteArraySerializer())) {
        assign(consumer);
        while (!closing && servers.get().equals(at)) {
          consumer.poll(POLL).forEach(this::see);
          sendDue(producer);
        }
      } catch (KafkaException e) {
        System.getLogger(Repeater.class.getName()).log(System.Logger.Level.DEBUG, "the broker is away", e);
      }
    }
  }

  private void assign(KafkaConsumer<byte[], byte[]> consumer) {
    List<TopicPartition> all = new ArrayList<>();
    TOPICS.forEach(topic -> consumer.partitionsFor(topic).forEach(p -> all.add(new TopicPartition(topic, p.partition()))));
    consumer.assign(all);
    for (TopicPartition partition : all) {
      // at first from now on, and after the broker's return from where it was left
      positions.computeIfAbsent(partition, p -> consumer.endOffsets(List.of(p)).get(p));
      consumer.seek(partition, positions.get(partition));
    }
  }

  private void see(ConsumerRecord<byte[], byte[]> message) {
    positions.put(new TopicPartition(message.topic(), message.partition()), message.offset() + 1);
    if (message.headers().lastHeader(MARK) != null) {
      return;
    }
    seen++;
    while (random.nextDouble() < SHARE) {
      late.add(new Late(System.currentTimeMillis() + random.nextInt(LATEST_MILLIS), message));
    }
  }

  private void sendDue(KafkaProducer<byte[], byte[]> producer) {
    while (!late.isEmpty() && late.peek().due() <= System.currentTimeMillis()) {
      ConsumerRecord<byte[], byte[]> message = late.poll().message();
      Headers headers = new RecordHeaders(message.headers().toArray());
      headers.add(MARK, new byte[] {1});
      Instant now = Instant.now();
      producer.send(new ProducerRecord<>(message.topic(), null, message.key(), message.value(), headers));
      repeated++;
      if (message.topic().equals(WORK)) {
        String task = new String(message.key(), java.nio.charset.StandardCharsets.UTF_8);
        wounds.accept(new Wound("a repeated work item", now, now, Optional.of(task), true));
      }
    }
  }

  /** Ends it; what was to be sent later is not sent. Safe to repeat. */
  void stop() {
    closing = true;
    LiveSystem.await("the repeater does not end", LIMIT, () -> !thread.isAlive());
  }

  @Override
  public void close() {
    stop();
  }
}
