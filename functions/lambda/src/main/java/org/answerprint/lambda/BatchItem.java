package org.answerprint.lambda;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.answerprint.events.Fact;
import org.answerprint.events.FactCodec;
import org.answerprint.events.Envelope;
import org.answerprint.transport.CloudEventHeaders;
import org.answerprint.transport.StructuredEvent;

/**
 * One message of a batch.
 *
 * @param id by which Lambda knows it
 * @param origin where it lay, for people: the queue and the id, or {@code topic/partition/offset}
 * @param headers of a record of Kafka, as text; none for a message of SQS
 * @param body as text
 * @param receipt what a message of SQS is given back by; empty for a record of Kafka
 */
public record BatchItem(String id, String origin, Map<String, String> headers, String body, Optional<Receipt> receipt) {

  /**
   * How a message of SQS came.
   *
   * @param queue its queue's name
   * @param handle of this receipt
   * @param count how often it has been received, this time included
   */
  public record Receipt(String queue, String handle, int count) {}

  public BatchItem {
    headers = new TreeMap<>(headers);
  }

  /**
   * The fact in it: a CloudEvent in binary mode with Kafka's headers, else in structured mode.
   *
   * @throws org.answerprint.events.MalformedEventException where it is none of ours
   */
  public Fact fact() {
    Optional<String> type = CloudEventHeaders.type(headers);
    if (type.isPresent()) {
      return FactCodec.readFact(type.get(), body.getBytes(StandardCharsets.UTF_8));
    }
    Envelope envelope = StructuredEvent.read(body);
    return FactCodec.readFact(envelope.type(), envelope.dataBytes());
  }
}
