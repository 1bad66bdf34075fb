package org.answerprint.queue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends items to a topic; returns when all in-sync replicas have them. */
public final class KafkaWorkSender implements WorkSender {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final KafkaQueueAddress address;
  private final KafkaProducer<byte[], byte[]> producer;

  public KafkaWorkSender(KafkaQueueAddress address) {
    this.address = address;
    this.producer = new KafkaProducer<>(address.settings(Map.of(
        "acks", "all",
        "enable.idempotence", "true",
        "delivery.timeout.ms", (int) PATIENCE.toMillis(),
        "request.timeout.ms", (int) PATIENCE.toMillis() / 3,
        // a topic that is missing is known sooner than an answer is late; a worker's lock lasts longer than this
        "max.block.ms", PATIENCE.toMillis() / 3)), new ByteArraySerializer(), new ByteArraySerializer());
  }

  @Override
  public void send(Item item) {
    send(address.topic(), item.key(), item.headers(), item.body());
  }

  void send(String topic, String key, Map<String, String> headers, byte[] body) {
    ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, null,
        key.getBytes(StandardCharsets.UTF_8), body, KafkaHeaders.write(headers));
    String what = "send item " + key + " to " + topic;
    try {
      producer.send(record).get();
    } catch (ExecutionException failed) {
      throw address.trouble(what, failed.getCause());
    } catch (KafkaException failed) {
      throw address.trouble(what, failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw address.trouble(what, interrupted);
    }
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(5));
  }
}
