package org.answerprint.stack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One S3 event notification, in the shape that S3 sends to a queue.
 *
 * @param cause how the object came to be
 * @param region of the bucket
 * @param bucket it is in
 * @param key plain, as the client named it; encoded only in {@link #json()}
 * @param size bytes
 * @param eTag with or without quotes
 */
record Notification(Cause cause, String region, String bucket, String key, long size, String eTag) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final AtomicLong LAST_SEQUENCE = new AtomicLong();

  /** How an object came to be. */
  enum Cause {
    PUT("ObjectCreated:Put"),
    COPY("ObjectCreated:Copy"),
    COMPLETE_MULTIPART_UPLOAD("ObjectCreated:CompleteMultipartUpload");

    private final String eventName;

    Cause(String eventName) {
      this.eventName = eventName;
    }
  }

  /** The notification as S3 writes it, with a sequencer that is greater than all before it. */
  String json() {
    try {
      return JSON.writeValueAsString(Map.of("Records", List.of(event())));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A map of strings and numbers could not be written as JSON.", e);
    }
  }

  private Map<String, Object> event() {
    return Map.ofEntries(
        Map.entry("eventVersion", "2.1"),
        Map.entry("eventSource", "aws:s3"),
        Map.entry("awsRegion", region),
        Map.entry("eventTime", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString()),
        Map.entry("eventName", cause.eventName),
        Map.entry("userIdentity", Map.of("principalId", "local")),
        Map.entry("requestParameters", Map.of("sourceIPAddress", "127.0.0.1")),
        Map.entry("responseElements", Map.of("x-amz-request-id", UUID.randomUUID().toString())),
        Map.entry("s3", Map.of(
            "s3SchemaVersion", "1.0",
            "configurationId", "local",
            "bucket", Map.of(
                "name", bucket, "ownerIdentity", Map.of("principalId", "local"), "arn", "arn:aws:s3:::" + bucket),
            "object", Map.of(
                "key", encoded(key), "size", size, "eTag", eTag.replace("\"", ""), "sequencer", sequencer()))));
  }

  private static String encoded(String key) {
    return URLEncoder.encode(key, StandardCharsets.UTF_8).replace("%2F", "/");
  }

  private static String sequencer() {
    long micros = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    return String.format("%018X", LAST_SEQUENCE.updateAndGet(last -> Math.max(last + 1, micros)));
  }
}
