package org.answerprint.testkit;

import java.net.URI;
import java.time.Instant;
import java.util.Map;
import org.answerprint.events.Envelope;
import org.answerprint.events.FactCodec;
import org.answerprint.events.Message;

/** Messages as a CloudEvent over HTTP, in binary mode. */
public final class Events {

  private Events() {}

  /** Posts a message to a function's door. */
  public static Answer post(URI door, Message message) {
    return HttpCalls.post(door, headers(message), FactCodec.json(message));
  }

  /** Posts any event; its body is JSON. */
  public static Answer post(URI door, String type, String id, String body) {
    return HttpCalls.post(door, headers(type, id), body);
  }

  /** The headers of a message; its body is {@link FactCodec#json}. */
  public static Map<String, String> headers(Message message) {
    Envelope envelope = new FactCodec("/answerprint/test").write(message, Instant.EPOCH);
    return headers(envelope.type(), envelope.id());
  }

  private static Map<String, String> headers(String type, String id) {
    return Map.of("ce-specversion", "1.0", "ce-type", type, "ce-source", "/answerprint/test", "ce-id", id, "Content-Type", "application/json");
  }
}
