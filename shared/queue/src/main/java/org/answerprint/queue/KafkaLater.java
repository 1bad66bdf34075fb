package org.answerprint.queue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import org.answerprint.faults.TransientFault;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves waiting items into the queue when they are due. All workers share the watch: each has some partitions, and
 * when one goes, the others take its partitions over. Items are kept in memory while they wait; an offset is only
 * committed when everything before it has been moved, so a crash moves some items twice and none never.
 */
final class KafkaLater implements AutoCloseable, ConsumerRebalanceListener {

  private static final Logger log = LoggerFactory.getLogger(KafkaLater.class);
  private static final Duration LONGEST_POLL = Duration.ofMillis(500);
  /** Enough for good-bye to the group; what the consumer waits for besides is the answer to its last fetch, 5 s at the most. */
  private static final Duration LEAVING = Duration.ofMillis(500);
  private static final Duration REST_AFTER_TROUBLE = Duration.ofSeconds(1);
  private static final int MOST_IN_MEMORY = 10_000;

  private record Waiting(TopicPartition partition, ConsumerRecord<byte[], byte[]> record, Instant due) {}

  private final KafkaQueueAddress address;
  private final KafkaWorkSender sender;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Thread thread;
  private final PriorityQueue<Waiting> waiting = new PriorityQueue<>(Comparator.comparing(Waiting::due));
  private final Map<TopicPartition, Long> committed = new HashMap<>();
  private volatile boolean closing;

  KafkaLater(KafkaQueueAddress address, KafkaWorkSender sender) {
    this.address = address;
    this.sender = sender;
    this.consumer = new KafkaConsumer<>(address.settings(Map.of(
        "group.id", address.group() + ".later",
        "auto.offset.reset", "earliest",
        "enable.auto.commit", "false",
        // answered at once when an item comes; until then the broker need not be asked twice a second
        "fetch.max.wait.ms", "5000",
        "session.timeout.ms", "10000",
        "heartbeat.interval.ms", "3000")), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    this.thread = Thread.ofPlatform().daemon().name("later-" + address.topic()).start(this::watch);
  }

  @Override
  public void close() {
    closing = true;
    consumer.wakeup();
    try {
      thread.join(Duration.ofSeconds(10));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
    partitions.forEach(committed::remove);
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
    waiting.removeIf(each -> partitions.contains(each.partition()));
  }

  private void watch() {
    try {
      consumer.subscribe(List.of(address.laterTopic()), this);
      while (!closing) {
        round();
      }
    } catch (WakeupException stopped) {
      log.debug("the watch over {} ends", address.laterTopic());
    } finally {
      leave();
    }
  }

  private void leave() {
    try {
      consumer.close(CloseOptions.timeout(LEAVING));
    } catch (KafkaException untidy) {
      log.info("left the group {}.later untidily: {}", address.group(), untidy.getMessage());
    }
  }

  private void round() {
    try {
      consumer.poll(untilNextIsDue()).forEach(this::keep);
      if (waiting.size() > MOST_IN_MEMORY) {
        consumer.pause(consumer.assignment());
      } else {
        consumer.resume(consumer.paused());
      }
      moveDue();
      commit();
    } catch (WakeupException stopped) {
      throw stopped;
    } catch (TransientFault | KafkaException trouble) {
      log.info("waiting items of {} are looked at again in a moment: {}", address.topic(), trouble.getMessage());
      rest();
    }
  }

  private void keep(ConsumerRecord<byte[], byte[]> record) {
    waiting.add(new Waiting(new TopicPartition(record.topic(), record.partition()), record,
        OwnHeaders.notBefore(KafkaHeaders.read(record))));
  }

  private Duration untilNextIsDue() {
    if (waiting.isEmpty()) {
      return LONGEST_POLL;
    }
    Duration until = Duration.between(Instant.now(), waiting.peek().due());
    return until.isNegative() ? Duration.ZERO : until.compareTo(LONGEST_POLL) < 0 ? until : LONGEST_POLL;
  }

  private void moveDue() {
    while (!waiting.isEmpty() && !waiting.peek().due().isAfter(Instant.now())) {
      ConsumerRecord<byte[], byte[]> record = waiting.peek().record();
      Map<String, String> headers = new TreeMap<>(KafkaHeaders.read(record));
      OwnHeaders.removeNotBefore(headers);
      String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
      sender.send(address.topic(), key, headers, record.value());
      waiting.remove();
    }
  }

  private void commit() {
    Map<TopicPartition, OffsetAndMetadata> moved = new HashMap<>();
    for (TopicPartition partition : consumer.assignment()) {
      long offset = waiting.stream()
          .filter(each -> each.partition().equals(partition))
          .mapToLong(each -> each.record().offset())
          .min()
          .orElseGet(() -> consumer.position(partition));
      if (committed.getOrDefault(partition, -1L) != offset) {
        moved.put(partition, new OffsetAndMetadata(offset));
      }
    }
    if (!moved.isEmpty()) {
      consumer.commitSync(moved);
      moved.forEach((partition, offset) -> committed.put(partition, offset.offset()));
    }
  }

  private void rest() {
    try {
      Thread.sleep(REST_AFTER_TROUBLE);
    } catch (InterruptedException interrupted) {
      closing = true;
    }
  }
}
