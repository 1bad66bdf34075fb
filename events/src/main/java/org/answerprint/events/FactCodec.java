package org.answerprint.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Facts and work items to JSON and back. Stateless but for the source it signs with; safe to share. */
public final class FactCodec {

  private static final Map<String, Class<? extends Message>> TYPES = new TreeMap<>(Map.ofEntries(
      Map.entry(Fact.VideoAccepted.TYPE, Fact.VideoAccepted.class),
      Map.entry(Fact.VideoRejected.TYPE, Fact.VideoRejected.class),
      Map.entry(Fact.ShotFound.TYPE, Fact.ShotFound.class),
      Map.entry(Fact.FilmPlanned.TYPE, Fact.FilmPlanned.class),
      Map.entry(Fact.ShotEdited.TYPE, Fact.ShotEdited.class),
      Map.entry(Fact.TransitionMade.TYPE, Fact.TransitionMade.class),
      Map.entry(Fact.TaskFailed.TYPE, Fact.TaskFailed.class),
      Map.entry(Fact.PartsCompleted.TYPE, Fact.PartsCompleted.class),
      Map.entry(Fact.JobEnded.TYPE, Fact.JobEnded.class),
      Map.entry(Fact.ReviewRequested.TYPE, Fact.ReviewRequested.class),
      Map.entry(WorkItem.EditWork.TYPE, WorkItem.EditWork.class),
      Map.entry(WorkItem.TransitionWork.TYPE, WorkItem.TransitionWork.class)));

  private static final JsonMapper MAPPER = JsonMapper.builder()
      .addModule(new Jdk8Module())
      .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
      .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
      .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
      .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
      .withCoercionConfig(LogicalType.Textual, text -> text
          .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
          .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
          .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
      .defaultPropertyInclusion(JsonInclude.Value.construct(
          JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS))
      .build();

  private final String source;

  /** A codec that signs with this source, a URI reference such as {@code /answerprint/ingest}. */
  public FactCodec(String source) {
    this.source = Checks.text(source, "the event source");
  }

  /** The CloudEvents types that can be read, in alphabetical order. */
  public static List<String> types() {
    return List.copyOf(TYPES.keySet());
  }

  /** Whether this type can be read; a message of another type comes from a newer or a foreign program. */
  public static boolean knows(String type) {
    return TYPES.containsKey(type);
  }

  /** The message with its CloudEvents attributes, said at {@code time}. */
  public Envelope write(Message message, Instant time) {
    return new Envelope(message.id(), source, message.type(), message.subject(), time, json(message));
  }

  /** The message alone as JSON text. */
  public static String json(Message message) {
    try {
      return MAPPER.writeValueAsString(message);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a " + message.type() + " cannot be written as JSON", impossible);
    }
  }

  /** The message alone as JSON in UTF-8. */
  public static byte[] bytes(Message message) {
    return json(message).getBytes(StandardCharsets.UTF_8);
  }

  /** The fact of this type; throws {@link MalformedEventException} where it is none or is not well formed. */
  public static Fact readFact(String type, byte[] data) {
    return as(Fact.class, type, data);
  }

  /** The work item of this type; throws {@link MalformedEventException} where it is none or is not well formed. */
  public static WorkItem readWork(String type, byte[] data) {
    return as(WorkItem.class, type, data);
  }

  /** The message in this envelope; throws {@link MalformedEventException} where it is not well formed. */
  public static Message read(Envelope envelope) {
    return read(envelope.type(), envelope.dataBytes());
  }

  /** The message of this type; throws {@link MalformedEventException} where it is not well formed. */
  public static Message read(String type, byte[] data) {
    return as(Message.class, type, data);
  }

  private static <T extends Message> T as(Class<T> family, String type, byte[] data) {
    Class<? extends Message> record = Optional.ofNullable(type).map(TYPES::get)
        .filter(family::isAssignableFrom)
        .orElseThrow(() -> new MalformedEventException(
            "the event type \"" + type + "\" is not known here; known types: " + String.join(", ", known(family))));
    try {
      Message message = MAPPER.readValue(data, record);
      if (message == null) {
        throw new MalformedEventException("the event of type " + type + " holds null instead of an object");
      }
      return family.cast(message);
    } catch (IOException malformed) {
      throw new MalformedEventException(
          "the event of type " + type + " cannot be read: " + brief(malformed), malformed);
    }
  }

  private static List<String> known(Class<? extends Message> family) {
    return TYPES.entrySet().stream()
        .filter(entry -> family.isAssignableFrom(entry.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static String brief(IOException malformed) {
    if (malformed instanceof JsonMappingException mapping
        && mapping.getCause() instanceof IllegalArgumentException refused) {
      return refused.getMessage();
    }
    return malformed instanceof JsonProcessingException json ? json.getOriginalMessage() : malformed.getMessage();
  }
}
