package org.answerprint.events;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * A message with its CloudEvents 1.0 attributes, independent of how it is carried.
 *
 * @param id the message's domain id; with {@code source} it names the occurrence
 * @param source a URI reference of the stage that says so, such as {@code /answerprint/ingest}
 * @param type the CloudEvents type
 * @param subject the job's id
 * @param time when it was said
 * @param data the message as JSON text
 */
public record Envelope(String id, String source, String type, String subject, Instant time, String data) {

  /** The media type of {@link #data()}. */
  public static final String CONTENT_TYPE = "application/json";

  public Envelope {
    Checks.text(id, "the event id");
    Checks.text(source, "the event source");
    Checks.text(type, "the event type");
    Checks.text(subject, "the event subject");
    Checks.present(time, "the event time");
    Checks.text(data, "the event data");
  }

  /** {@link #data()} in UTF-8. */
  public byte[] dataBytes() {
    return data.getBytes(StandardCharsets.UTF_8);
  }
}
