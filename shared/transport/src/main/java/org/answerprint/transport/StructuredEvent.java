package org.answerprint.transport;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.answerprint.events.Envelope;
import org.answerprint.events.MalformedEventException;

/**
 * CloudEvents 1.0 in structured mode: one JSON object holds the attributes and, as {@code data}, the message. It is the
 * whole body of a message of SQS, and written in ASCII, since SQS refuses some characters that JSON allows.
 */
public final class StructuredEvent {

  /** The media type of what {@link #write} gives. */
  public static final String CONTENT_TYPE = "application/cloudevents+json";

  private static final String VERSION = "1.0";
  private static final JsonMapper JSON = JsonMapper.builder()
      .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
      .build();

  private StructuredEvent() {}

  /** The envelope as one JSON object. */
  public static String write(Envelope envelope) {
    try {
      ObjectNode event = JSON.createObjectNode()
          .put("specversion", VERSION)
          .put("id", envelope.id())
          .put("source", envelope.source())
          .put("type", envelope.type())
          .put("subject", envelope.subject())
          .put("time", envelope.time().toString())
          .put("datacontenttype", Envelope.CONTENT_TYPE);
      event.set("data", JSON.readTree(envelope.data()));
      return JSON.writeValueAsString(event);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a message of type " + envelope.type() + " is no JSON", impossible);
    }
  }

  /**
   * What {@link #write} or another program wrote; attributes that are none of ours are left out.
   *
   * @throws MalformedEventException where it is no CloudEvent of version 1.0 with JSON in it
   */
  public static Envelope read(String json) {
    try {
      JsonNode event = JSON.readTree(json);
      if (!VERSION.equals(event.path("specversion").textValue()) || !event.path("data").isObject()) {
        throw new MalformedEventException("the message is no CloudEvent in structured mode: it needs specversion 1.0, and data that is an object");
      }
      return new Envelope(text(event, "id"), text(event, "source"), text(event, "type"), text(event, "subject"),
          Instant.parse(text(event, "time")), JSON.writeValueAsString(event.get("data")));
    } catch (JsonProcessingException malformed) {
      throw new MalformedEventException("the message is no JSON: " + malformed.getOriginalMessage(), malformed);
    } catch (DateTimeParseException malformed) {
      throw new MalformedEventException("time of the CloudEvent is no instant: " + malformed.getParsedString(), malformed);
    }
  }

  private static String text(JsonNode event, String name) {
    String value = event.path(name).textValue();
    if (value == null || value.isBlank()) {
      throw new MalformedEventException(name + " of the CloudEvent is missing or empty; it must be text");
    }
    return value;
  }
}
