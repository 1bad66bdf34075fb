package org.answerprint.binding;

import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;
import org.answerprint.events.Envelope;
import org.answerprint.events.Fact;
import org.answerprint.events.FactCodec;
import org.answerprint.events.MalformedEventException;
import org.answerprint.faults.InternalFault;
import org.answerprint.faults.TransientFault;
import org.answerprint.transport.StructuredEvent;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Between messages, Kafka's records or those of SQS, and plain services. What is thrown out of here sends the message to
 * the dead letters; trouble of the world is tried again with back-off before that. Thread-safe.
 */
@ApplicationScoped
public class Bridge {

  private static final String TYPE = "ce_type";

  private final RetryPolicy<Object> policy = RetryPolicy.builder()
      .handle(TransientFault.class)
      .withBackoff(Duration.ofMillis(500), Duration.ofSeconds(20))
      .withJitter(0.2)
      .withMaxRetries(-1)
      .withMaxDuration(Duration.ofMinutes(5))
      .build();

  /** Runs the work, again and again for five minutes while the world is unwell. */
  public void patiently(Runnable work) {
    Failsafe.with(policy).run(work::run);
  }

  /**
   * The same, and where the world stays unwell, ends in a clear state.
   *
   * @param giveUp is told the last trouble; where it cannot do anything either, the trouble is thrown
   */
  public void patiently(Runnable work, Consumer<TransientFault> giveUp) {
    try {
      patiently(work);
    } catch (TransientFault last) {
      try {
        giveUp.accept(last);
      } catch (TransientFault still) {
        last.addSuppressed(still);
        throw last;
      }
    }
  }

  /**
   * The fact in a message of SQS.
   *
   * @throws InternalFault where it is none of ours
   */
  public Fact fact(byte[] body) {
    try {
      Envelope envelope = StructuredEvent.read(new String(body, StandardCharsets.UTF_8));
      return FactCodec.readFact(envelope.type(), envelope.dataBytes());
    } catch (MalformedEventException e) {
      throw new InternalFault("a message cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * The fact in a record.
   *
   * @throws InternalFault where it is none of ours
   */
  public Fact fact(ConsumerRecord<String, byte[]> message) {
    Header type = message.headers().lastHeader(TYPE);
    if (type == null) {
      throw new InternalFault("a record on " + message.topic() + " has no header " + TYPE + "; only CloudEvents in binary mode are read there");
    }
    try {
      return FactCodec.readFact(new String(type.value(), StandardCharsets.UTF_8), message.value());
    } catch (MalformedEventException e) {
      throw new InternalFault("a record on " + message.topic() + " cannot be read: " + e.getMessage(), e);
    }
  }
}
