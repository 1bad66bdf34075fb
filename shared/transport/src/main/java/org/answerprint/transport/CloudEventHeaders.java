package org.answerprint.transport;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.answerprint.events.Envelope;

/** The CloudEvents 1.0 attributes as headers of the Kafka binary mode; the data is the body of the record. */
public final class CloudEventHeaders {

  private static final String ID = "ce_id";
  private static final String SOURCE = "ce_source";
  private static final String TYPE = "ce_type";
  private static final String SUBJECT = "ce_subject";
  private static final String TIME = "ce_time";
  private static final String VERSION = "ce_specversion";
  private static final String CONTENT_TYPE = "content-type";

  private CloudEventHeaders() {}

  /** All attributes of the envelope; header names to text. */
  public static Map<String, String> of(Envelope envelope) {
    Map<String, String> headers = new TreeMap<>();
    headers.put(VERSION, "1.0");
    headers.put(ID, envelope.id());
    headers.put(SOURCE, envelope.source());
    headers.put(TYPE, envelope.type());
    headers.put(SUBJECT, envelope.subject());
    headers.put(TIME, envelope.time().toString());
    headers.put(CONTENT_TYPE, Envelope.CONTENT_TYPE);
    return headers;
  }

  /** The event's type, absent where these are not the headers of a CloudEvent. */
  public static Optional<String> type(Map<String, String> headers) {
    return Optional.ofNullable(headers.get(TYPE));
  }
}
