package org.answerprint.queue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Kafka share group as a queue, for brokers from 4.2. A killed worker's item is delivered elsewhere within a second,
 * a frozen one's when the lock runs out.
 */
public final class KafkaShareQueue implements WorkQueue {

  private static final Logger log = LoggerFactory.getLogger(KafkaShareQueue.class);
  private static final Duration LONGEST_POLL = Duration.ofMillis(500);

  private final KafkaQueueAddress address;
  private final QueueOptions options;
  private final KafkaWorkSender sender;
  private final KafkaLater later;
  private final KafkaShareConsumer<byte[], byte[]> consumer;
  private final ReentrantLock consumerLock = new ReentrantLock();
  private final LeaseDesk desk;
  private volatile long polledAtNanos = System.nanoTime();

  private KafkaShareQueue(KafkaQueueAddress address, QueueOptions options) {
    this.address = address;
    this.options = options;
    this.desk = new LeaseDesk(options);
    this.sender = new KafkaWorkSender(address);
    this.later = new KafkaLater(address, sender);
    this.consumer = new KafkaShareConsumer<>(address.settings(Map.of(
        "group.id", address.group(),
        "client.id", options.worker(),
        "share.acquire.mode", "record_limit",
        "max.poll.records", "1",
        "share.acknowledgement.mode", "explicit")), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    consumer.subscribe(List.of(address.topic()));
  }

  /**
   * Joins the workers of this queue and sets the group's lock; topics that do not exist are waited for, 10 s at most.
   *
   * @throws org.answerprint.faults.TransientFault when the broker cannot be reached
   */
  public static KafkaShareQueue open(KafkaQueueAddress address, QueueOptions options) {
    address.configureGroup(options.lock());
    return new KafkaShareQueue(address, options);
  }

  @Override
  public Optional<Lease> take(Duration wait) {
    desk.prepare();
    long deadline = System.nanoTime() + wait.toNanos();
    do {
      long before = polledAtNanos;
      Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
      Optional<Lease> lease = poll(left.compareTo(LONGEST_POLL) < 0 ? left : LONGEST_POLL)
          .flatMap(delivery -> admit(delivery, before));
      if (lease.isPresent()) {
        return lease;
      }
    } while (System.nanoTime() < deadline && !desk.closed());
    return Optional.empty();
  }

  @Override
  public void close() {
    if (!desk.close()) {
      return;
    }
    consumerLock.lock();
    try {
      consumer.close(Duration.ofSeconds(5));
    } catch (KafkaException untidy) {
      log.info("left the group {} untidily: {}", address.group(), untidy.getMessage());
    } finally {
      consumerLock.unlock();
    }
    later.close();
    sender.close();
  }

  private Optional<KafkaDelivery> poll(Duration wait) {
    consumerLock.lock();
    try {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(wait)) {
        return Optional.of(new KafkaDelivery(record, address, consumer, consumerLock, sender, options.lock()));
      }
      return Optional.empty();
    } catch (KafkaException trouble) {
      throw address.trouble("take an item from " + address.topic(), trouble);
    } finally {
      polledAtNanos = System.nanoTime();
      consumerLock.unlock();
    }
  }

  /**
   * A record may have been fetched for an earlier poll and have waited in the client since; then only a renewal tells
   * whether it is still ours.
   */
  private Optional<Lease> admit(KafkaDelivery delivery, long polledBeforeNanos) {
    long askedAtNanos = System.nanoTime();
    boolean mayBeStale = askedAtNanos - polledBeforeNanos > options.heartbeat().toNanos();
    if (mayBeStale && !delivery.renew()) {
      return Optional.empty();
    }
    return desk.admit(delivery, mayBeStale ? askedAtNanos : polledBeforeNanos);
  }
}
