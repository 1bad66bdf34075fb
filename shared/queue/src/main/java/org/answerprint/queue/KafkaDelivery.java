package org.answerprint.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidRecordStateException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One record of a share group. The consumer takes one thread at a time, hence the lock. */
final class KafkaDelivery implements Delivery {

  private static final Logger log = LoggerFactory.getLogger(KafkaDelivery.class);
  private static final Duration RETURN_OF_RENEWED = Duration.ofMillis(500);

  private final ConsumerRecord<byte[], byte[]> record;
  private final KafkaQueueAddress address;
  private final KafkaShareConsumer<byte[], byte[]> consumer;
  private final ReentrantLock consumerLock;
  private final KafkaWorkSender sender;
  private final Duration patience;
  private final Item item;
  private final int attempt;

  KafkaDelivery(
      ConsumerRecord<byte[], byte[]> record,
      KafkaQueueAddress address,
      KafkaShareConsumer<byte[], byte[]> consumer,
      ReentrantLock consumerLock,
      KafkaWorkSender sender,
      Duration patience) {
    this.record = record;
    this.address = address;
    this.consumer = consumer;
    this.consumerLock = consumerLock;
    this.sender = sender;
    this.patience = patience;
    this.item = KafkaHeaders.item(record);
    this.attempt = OwnHeaders.attempt(KafkaHeaders.read(record));
  }

  @Override
  public Item item() {
    return item;
  }

  @Override
  public int deliveryCount() {
    return record.deliveryCount().map(Short::intValue).orElse(1);
  }

  @Override
  public int attempt() {
    return attempt;
  }

  @Override
  public String origin() {
    return record.topic() + "/" + record.partition() + "/" + record.offset();
  }

  /**
   * The commit must come before the poll: a poll that still has the renewal to send fetches one more record, which
   * then lies in the client until its lock runs out. The poll itself puts the renewed record back in hand. After a
   * failed renewal the client has dropped the record, so there is nothing left to renew or to acknowledge.
   */
  @Override
  public boolean renew() {
    consumerLock.lock();
    try {
      Optional<KafkaException> refused = acknowledge(AcknowledgeType.RENEW);
      if (refused.isEmpty()) {
        consumer.poll(RETURN_OF_RENEWED);
      }
      return refused.isEmpty();
    } catch (KafkaException trouble) {
      log.info("{} could not be renewed: {}", origin(), trouble.getMessage());
      return false;
    } finally {
      consumerLock.unlock();
    }
  }

  @Override
  public void remove() {
    consumerLock.lock();
    try {
      acknowledge(AcknowledgeType.ACCEPT).ifPresent(refused -> {
        if (!(refused instanceof InvalidRecordStateException)) {
          throw refused;
        }
        log.info("{} is somebody else's by now, so it is theirs to remove", origin());
      });
    } catch (KafkaException trouble) {
      throw address.trouble("remove " + origin(), trouble);
    } finally {
      consumerLock.unlock();
    }
  }

  @Override
  public void copy(int nextAttempt, Duration delay, Instant notBefore) {
    Map<String, String> headers = new TreeMap<>(item.headers());
    OwnHeaders.put(headers, nextAttempt, notBefore);
    sender.send(address.laterTopic(), item.key(), headers, item.body());
  }

  @Override
  public void bury(DeadLetter letter) {
    sender.send(address.deadTopic(), item.key(), letter.headers(), item.body());
  }

  @Override
  public void release() {
    forget();
  }

  @Override
  public void forget() {
    consumerLock.lock();
    try {
      acknowledge(AcknowledgeType.RELEASE);
    } catch (KafkaException | IllegalStateException gone) {
      log.debug("{} is no longer in hand: {}", origin(), gone.getMessage());
    } finally {
      consumerLock.unlock();
    }
  }

  private Optional<KafkaException> acknowledge(AcknowledgeType type) {
    consumer.acknowledge(record, type);
    return consumer.commitSync(patience).values().stream().flatMap(Optional::stream).findFirst();
  }
}
