package org.answerprint.transport;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.answerprint.events.Envelope;
import org.answerprint.events.Fact;
import org.answerprint.events.FactCodec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Publishes to the topic of the fact's channel, keyed by job id. Returns when all in-sync replicas have the fact; an
 * answer that does not come within the given time is a {@link org.answerprint.faults.TransientFault}.
 */
public final class KafkaFactPublisher implements FactPublisher {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Broker broker;
  private final FactCodec codec;
  private final Clock clock;
  private final KafkaProducer<byte[], byte[]> producer;

  /** A publisher in the system's time that waits up to 30 s for an answer. */
  public KafkaFactPublisher(Broker broker, FactCodec codec) {
    this(broker, codec, Clock.systemUTC(), PATIENCE);
  }

  /** A publisher whose broker has {@code patience} for its answer. */
  public KafkaFactPublisher(Broker broker, FactCodec codec, Clock clock, Duration patience) {
    this.broker = broker;
    this.codec = codec;
    this.clock = clock;
    this.producer = new KafkaProducer<>(broker.settings(Map.of(
        "acks", "all",
        "enable.idempotence", "true",
        "max.block.ms", patience.toMillis(),
        "delivery.timeout.ms", (int) patience.toMillis(),
        "request.timeout.ms", (int) patience.toMillis() / 3)), new ByteArraySerializer(), new ByteArraySerializer());
  }

  @Override
  public void publish(Fact fact) {
    Envelope envelope = codec.write(fact, clock.instant());
    ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(fact.channel().topic(), null,
        fact.partitionKey().getBytes(StandardCharsets.UTF_8), envelope.dataBytes(), headers(envelope));
    String what = "publish " + envelope.id() + " to " + record.topic();
    try {
      producer.send(record).get();
    } catch (ExecutionException failed) {
      throw broker.trouble(what, failed.getCause());
    } catch (KafkaException failed) {
      throw broker.trouble(what, failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw broker.trouble(what, interrupted);
    }
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(5));
  }

  private static List<Header> headers(Envelope envelope) {
    return CloudEventHeaders.of(envelope).entrySet().stream()
        .map(each -> (Header) new RecordHeader(each.getKey(), each.getValue().getBytes(StandardCharsets.UTF_8)))
        .toList();
  }
}
