package org.answerprint.stack;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.answerprint.stack.ObjectStoreSettings.Notifications;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends notifications to Kafka in the order given, off the caller's thread: an upload never waits for the broker. While
 * the broker is away notifications wait up to two minutes, then they are logged and dropped. Thread-safe.
 */
final class NotificationSender implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NotificationSender.class);
  private static final int WAITING_LIMIT = 100_000;

  private final String topic;
  private final KafkaProducer<String, String> producer;
  // one thread, since send() itself blocks while the topic's partitions are not known
  private final ThreadPoolExecutor executor = new ThreadPoolExecutor(
      1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING_LIMIT),
      Thread.ofPlatform().name("notifications").daemon().factory());

  NotificationSender(Notifications to) {
    this.topic = to.topic();
    this.producer = new KafkaProducer<>(Map.of(
        "bootstrap.servers", to.bootstrapServers(),
        "client.id", "object-store",
        "acks", "all",
        "linger.ms", 0,
        "max.block.ms", 120_000,
        "delivery.timeout.ms", 120_000,
        "reconnect.backoff.max.ms", 500), new StringSerializer(), new StringSerializer());
  }

  /** Hands over the notification; returns at once. */
  void send(Notification notification) {
    String json = notification.json();
    try {
      executor.execute(() -> deliver(notification.key(), json));
    } catch (RejectedExecutionException e) {
      dropped(notification.key(), e);
    }
  }

  @Override
  public void close() {
    executor.shutdown();
    try {
      if (!executor.awaitTermination(1, TimeUnit.SECONDS)) {
        LOG.error("{} uploads were not announced before the end; the sweep will find them",
            executor.shutdownNow().size() + 1);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    producer.close(Duration.ofSeconds(2));
  }

  private void deliver(String key, String json) {
    try {
      producer.send(new ProducerRecord<>(topic, key, json), (_, failure) -> {
        if (failure != null) {
          dropped(key, failure);
        }
      });
    } catch (RuntimeException e) {
      dropped(key, e);
    }
  }

  private void dropped(String key, Exception why) {
    LOG.error("The upload of {} could not be announced on topic {} ({}); the sweep will find it",
        key, topic, why.toString());
  }
}
