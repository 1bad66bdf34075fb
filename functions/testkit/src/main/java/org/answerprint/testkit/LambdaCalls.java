package org.answerprint.testkit;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.answerprint.events.Envelope;
import org.answerprint.events.Fact;
import org.answerprint.events.FactCodec;
import org.answerprint.transport.CloudEventHeaders;
import org.answerprint.transport.StructuredEvent;

/** Calls as AWS Lambda makes them of queues and topics, for functions behind the event server of Quarkus's tests. */
public final class LambdaCalls {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final FactCodec CODEC = new FactCodec("/answerprint/test");

  private LambdaCalls() {}

  /** A fact as the body of a message of SQS. */
  public static String body(Fact fact) {
    return StructuredEvent.write(CODEC.write(fact, Instant.EPOCH));
  }

  /** Messages of the queue {@code answerprint-<name>}, named {@code message-1} and so on. */
  public static String sqs(String queue, String... bodies) {
    ObjectNode call = JSON.createObjectNode();
    for (int i = 1; i <= bodies.length; i++) {
      ObjectNode record = call.withArrayProperty("Records").addObject()
          .put("messageId", "message-" + i).put("receiptHandle", "receipt-" + i).put("body", bodies[i - 1])
          .put("eventSource", "aws:sqs").put("eventSourceARN", "arn:aws:sqs:us-east-1:123456789012:answerprint-" + queue).put("awsRegion", "us-east-1");
      record.putObject("attributes").put("ApproximateReceiveCount", "1").put("SentTimestamp", "1764000000000");
      record.putObject("messageAttributes");
    }
    return call.toString();
  }

  /** One record of the fact's topic. */
  public static String kafka(Fact fact) {
    Envelope envelope = CODEC.write(fact, Instant.EPOCH);
    ObjectNode call = JSON.createObjectNode().put("eventSource", "aws:kafka").put("bootstrapServers", "broker:9098");
    ObjectNode record = call.putObject("records").withArrayProperty(fact.channel().topic() + "-0").addObject()
        .put("topic", fact.channel().topic()).put("partition", 0).put("offset", 15).put("timestamp", 1764000000000L)
        .put("timestampType", "CREATE_TIME").put("value", Base64.getEncoder().encodeToString(envelope.dataBytes()));
    CloudEventHeaders.of(envelope).forEach((name, value) -> {
      var bytes = record.withArrayProperty("headers").addObject().putArray(name);
      for (byte each : value.getBytes(StandardCharsets.UTF_8)) {
        bytes.add(each);
      }
    });
    return call.toString();
  }

  /** Calls the function, and answers the messages that it wants to see again. */
  public static List<String> failures(int port, String call) {
    return answer(port, call).ok().json().required("batchItemFailures").valueStream().map(failure -> failure.path("itemIdentifier").asText()).toList();
  }

  /** Calls the function; a code of 500 is an error that it threw. */
  public static Answer answer(int port, String call) {
    return HttpCalls.post(URI.create("http://127.0.0.1:" + port + "/_lambda_"), Map.of(), call);
  }
}
