package org.answerprint.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Reads what a bucket says, in the shape of an S3 notification (form-encoded keys, several records) or of an
 * EventBridge event (plain key, lower-case {@code etag}). Versions are compared by their major number only.
 */
public final class StorageEvent {

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
  private static final String NOTIFICATION_MAJOR = "2";
  private static final String EVENT_BRIDGE_MAJOR = "0";

  private StorageEvent() {}

  /**
   * The objects that landed, in the order given. Deletions, test events and everything else that creates no object
   * give an empty list. One record that cannot be read condemns the whole message.
   *
   * @throws MalformedEventException where the text is no storage event
   */
  public static List<ObjectLanded> parse(String json) {
    try {
      return parse(MAPPER.readTree(json));
    } catch (JsonProcessingException malformed) {
      throw new MalformedEventException("the storage event is no JSON: " + malformed.getOriginalMessage(), malformed);
    }
  }

  /** As {@link #parse(String)}, from UTF-8. */
  public static List<ObjectLanded> parse(byte[] json) {
    return parse(new String(json, StandardCharsets.UTF_8));
  }

  private static List<ObjectLanded> parse(JsonNode event) {
    if (event.has("Records")) {
      return notification(event.get("Records"));
    }
    if (event.has("detail-type")) {
      return eventBridge(event);
    }
    if (event.has("Event")) {
      return List.of();
    }
    throw new MalformedEventException("the storage event has neither Records nor a detail-type;"
        + " send an S3 notification or an EventBridge event");
  }

  private static List<ObjectLanded> notification(JsonNode records) {
    if (!records.isArray()) {
      throw new MalformedEventException("Records of the S3 notification is no list");
    }
    List<ObjectLanded> landed = new ArrayList<>();
    for (JsonNode record : records) {
      requireMajor(NOTIFICATION_MAJOR, text(record, "eventVersion"), "eventVersion");
      if (created(text(record, "eventName"))) {
        JsonNode s3 = record.path("s3");
        landed.add(landed(s3, new Names("eTag", "versionId", StorageEvent::decoded)));
      }
    }
    return List.copyOf(landed);
  }

  private static List<ObjectLanded> eventBridge(JsonNode event) {
    boolean created = text(event, "detail-type").equals("Object Created") && text(event, "source").equals("aws.s3");
    if (!created) {
      return List.of();
    }
    requireMajor(EVENT_BRIDGE_MAJOR, text(event, "version"), "version");
    return List.of(landed(event.path("detail"), new Names("etag", "version-id", UnaryOperator.identity())));
  }

  /** How the two shapes differ in what they say of an object. */
  private record Names(String eTag, String versionId, UnaryOperator<String> key) {}

  private static ObjectLanded landed(JsonNode from, Names names) {
    JsonNode object = from.path("object");
    try {
      return new ObjectLanded(
          new ObjectRef(text(from.path("bucket"), "name"), names.key().apply(text(object, "key"))),
          optional(object, names.eTag()).map(StorageEvent::unquoted),
          optional(object, names.versionId()).filter(id -> !id.equals("null")),
          size(object),
          optional(object, "sequencer"));
    } catch (MalformedEventException malformed) {
      throw malformed;
    } catch (IllegalArgumentException refused) {
      throw new MalformedEventException("the storage event cannot be read: " + refused.getMessage(), refused);
    }
  }

  private static boolean created(String eventName) {
    return eventName.startsWith("ObjectCreated:") || eventName.startsWith("s3:ObjectCreated:");
  }

  private static String decoded(String key) {
    try {
      return URLDecoder.decode(key, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      throw new MalformedEventException("the object key \"" + key + "\" is not form-encoded", malformed);
    }
  }

  private static String unquoted(String eTag) {
    return eTag.replace("\"", "");
  }

  private static long size(JsonNode object) {
    JsonNode size = object.path("size");
    if (!size.isIntegralNumber() || !size.canConvertToLong()) {
      throw new MalformedEventException("size of the object in the storage event is " + found(size)
          + "; it must be a whole number of bytes");
    }
    return size.longValue();
  }

  private static String text(JsonNode from, String name) {
    return optional(from, name).orElseThrow(
        () -> new MalformedEventException(name + " in the storage event is missing or empty; it must be text"));
  }

  private static Optional<String> optional(JsonNode from, String name) {
    JsonNode value = from.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isTextual()) {
      throw new MalformedEventException(name + " in the storage event is " + found(value) + "; it must be text");
    }
    return Optional.of(value.textValue()).filter(text -> !text.isEmpty());
  }

  private static String found(JsonNode value) {
    return value.isMissingNode() ? "missing" : value.toString();
  }

  private static void requireMajor(String expected, String version, String name) {
    String major = version.split("\\.", 2)[0];
    if (!major.equals(expected)) {
      throw new MalformedEventException(
          name + " of the storage event is " + version + "; only version " + expected + " can be read");
    }
  }
}
