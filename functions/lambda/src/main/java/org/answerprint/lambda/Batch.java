package org.answerprint.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.answerprint.faults.InternalFault;

/**
 * The messages of one call: those of a queue of SQS, or of a topic of Kafka, MSK's or one's own.
 *
 * @param items in their order
 */
public record Batch(List<BatchItem> items) {

  private static final String SQS = "aws:sqs";

  public Batch {
    items = List.copyOf(items);
  }

  /**
   * Reads what Lambda hands over.
   *
   * @throws InternalFault where it is no batch: only queues and topics may call
   */
  public static Batch of(JsonNode event) {
    List<BatchItem> items = new ArrayList<>();
    if (event.path("records").isObject()) {
      event.get("records").forEach(partition -> partition.forEach(record -> items.add(ofKafka(record))));
    } else if (event.path("Records").isArray() && event.get("Records").valueStream().allMatch(Batch::isSqs)) {
      event.get("Records").forEach(record -> items.add(ofSqs(record)));
    } else {
      throw new InternalFault("a call brought neither messages of SQS nor records of Kafka; only queues and topics may be mapped to this function");
    }
    return new Batch(items);
  }

  private static boolean isSqs(JsonNode record) {
    return SQS.equals(record.path("eventSource").asText());
  }

  private static BatchItem ofSqs(JsonNode record) {
    String id = record.path("messageId").asText();
    String arn = record.path("eventSourceARN").asText();
    String queue = arn.substring(arn.lastIndexOf(':') + 1);
    int count = record.path("attributes").path("ApproximateReceiveCount").asInt(1);
    return new BatchItem(id, queue + "/" + id, Map.of(), record.path("body").asText(),
        Optional.of(new BatchItem.Receipt(queue, record.path("receiptHandle").asText(), count)));
  }

  private static BatchItem ofKafka(JsonNode record) {
    String origin = record.path("topic").asText() + "/" + record.path("partition").asText() + "/" + record.path("offset").asText();
    byte[] value = Base64.getDecoder().decode(record.path("value").asText());
    return new BatchItem(origin, origin, headers(record.path("headers")), new String(value, StandardCharsets.UTF_8), Optional.empty());
  }

  /** A list of objects with one name each; a value is a list of bytes, signed or not. */
  private static Map<String, String> headers(JsonNode list) {
    Map<String, String> headers = new TreeMap<>();
    list.forEach(one -> one.forEachEntry((name, bytes) -> {
      byte[] value = new byte[bytes.size()];
      for (int i = 0; i < value.length; i++) {
        value[i] = (byte) bytes.get(i).asInt();
      }
      headers.put(name, new String(value, StandardCharsets.UTF_8));
    }));
    return headers;
  }
}
