package org.answerprint.weights;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.lang.foreign.MemorySegment;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** JSON of strangers: shallow, with short names, read as a stream. */
final class Json {

  /** The limit of the reference implementation of safetensors. */
  static final long LONGEST = 100_000_000;

  private static final int DEEPEST = 8;
  private static final int LONGEST_NAME = 4096;
  private static final int LONGEST_TEXT = 10_000_000;

  // Names are not kept beyond the parse: interning strangers' words would fill tables that are never emptied.
  static final JsonFactory FACTORY = JsonFactory.builder()
      .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
      .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
      .streamReadConstraints(StreamReadConstraints.builder()
          .maxNestingDepth(DEEPEST)
          .maxNameLength(LONGEST_NAME)
          .maxNumberLength(40)
          .maxStringLength(LONGEST_TEXT)
          .build())
      .build();

  private Json() {}

  /** What is wrong with a document's form or content, to follow the file's name in a sentence. */
  static final class Wrong extends IOException {

    Wrong(String message) {
      super(message);
    }
  }

  interface Parse<T> {
    T of(JsonParser json) throws IOException;
  }

  /**
   * Parses one document of strict UTF-8.
   *
   * @param part what the document is in the file, for messages
   */
  static <T> T parse(MappedFile file, MemorySegment document, String part, Parse<T> parse) {
    try (Reader text = new InputStreamReader(new SegmentStream(document), StandardCharsets.UTF_8.newDecoder());
        JsonParser json = FACTORY.createParser(text)) {
      json.nextToken();
      expect(json, JsonToken.START_OBJECT, part);
      T parsed = parse.of(json);
      if (json.nextToken() != null) {
        throw new Wrong("has words behind the end of " + part);
      }
      return parsed;
    } catch (Wrong e) {
      throw file.fault("is damaged: %s; fetch it again", e.getMessage());
    } catch (JsonProcessingException e) {
      throw file.fault("is damaged: %s is no proper JSON (%s); fetch it again", part,
          Quoted.name(e.getOriginalMessage()));
    } catch (CharacterCodingException e) {
      throw file.fault("is damaged: %s is not UTF-8; fetch it again", part);
    } catch (IOException e) {
      throw file.fault("is damaged: %s cannot be read (%s); fetch it again", part, e.getMessage());
    }
  }

  static void expect(JsonParser json, JsonToken token, String where) throws IOException {
    if (json.currentToken() != token) {
      throw new Wrong("%s should be %s and is %s".formatted(where, words(token), words(json.currentToken())));
    }
  }

  static String text(JsonParser json, String where) throws IOException {
    expect(json, JsonToken.VALUE_STRING, where);
    return json.getText();
  }

  /** A whole number from 0 to the largest long. */
  static long whole(JsonParser json, String where) throws IOException {
    expect(json, JsonToken.VALUE_NUMBER_INT, where);
    if (json.getNumberType() == JsonParser.NumberType.BIG_INTEGER || json.getLongValue() < 0) {
      throw new Wrong("%s is %s, which is out of range".formatted(where, json.getText()));
    }
    return json.getLongValue();
  }

  private static String words(JsonToken token) {
    return switch (token) {
      case null -> "missing";
      case START_OBJECT -> "an object";
      case START_ARRAY -> "a list";
      case VALUE_STRING -> "text";
      case VALUE_NUMBER_INT -> "a whole number";
      case VALUE_NUMBER_FLOAT -> "a fraction";
      case VALUE_TRUE, VALUE_FALSE -> "true or false";
      case VALUE_NULL -> "null";
      default -> "something else";
    };
  }
}
