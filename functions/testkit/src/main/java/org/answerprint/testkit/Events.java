package org.answerprint.testkit;

import java.time.Instant;
import java.util.Map;
import org.answerprint.events.Envelope;
import org.answerprint.events.FactCodec;
import org.answerprint.events.Message;

/** Messages as a CloudEvent over HTTP, in binary mode. */
public final class Events {

  private Events() {}

  /** The headers of a message; its body is {@link FactCodec#json}. */
  public static Map<String, String> headers(Message message) {
    Envelope envelope = new FactCodec("/answerprint/test").write(message, Instant.EPOCH);
    return headers(envelope.type(), envelope.id());
  }

  /** The headers of any event. */
  public static Map<String, String> headers(String type, String id) {
    return Map.of("ce-specversion", "1.0", "ce-type", type, "ce-source", "/answerprint/test", "ce-id", id, "Content-Type", "application/json");
  }
}
