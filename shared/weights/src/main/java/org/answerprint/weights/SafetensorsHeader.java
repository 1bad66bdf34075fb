package org.answerprint.weights;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The JSON at the head of a safetensors file. */
final class SafetensorsHeader {

  static final String METADATA = "__metadata__";

  private static final int MOST_TENSORS = 200_000;
  private static final int MOST_AXES = 32;

  private SafetensorsHeader() {}

  /**
   * A tensor and where it lies.
   *
   * @param begin its first byte, counted from the end of the header
   * @param end the byte after its last
   */
  record Entry(TensorSpec spec, long begin, long end) {}

  /**
   * Reads the header from within its object to its end.
   *
   * @throws Json.Wrong where it is not as the format has it
   */
  static List<Entry> parse(JsonParser json) throws IOException {
    List<Entry> entries = new ArrayList<>();
    Set<String> names = new HashSet<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      if (!names.add(name)) {
        throw new Json.Wrong("its header names the tensor %s twice".formatted(Quoted.name(name)));
      }
      json.nextToken();
      if (name.equals(METADATA)) {
        metadata(json);
      } else {
        entries.add(entry(json, name));
      }
      if (entries.size() > MOST_TENSORS) {
        throw new Json.Wrong("its header names more than %d tensors".formatted(MOST_TENSORS));
      }
    }
    return entries;
  }

  private static void metadata(JsonParser json) throws IOException {
    Json.expect(json, JsonToken.START_OBJECT, METADATA);
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      json.nextToken();
      Json.text(json, METADATA);
    }
  }

  private static Entry entry(JsonParser json, String name) throws IOException {
    String tensor = "tensor " + Quoted.name(name);
    Json.expect(json, JsonToken.START_OBJECT, tensor);
    Optional<ElementType> type = Optional.empty();
    Optional<List<Long>> shape = Optional.empty();
    Optional<List<Long>> offsets = Optional.empty();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      String where = tensor + "'s " + Quoted.name(field);
      json.nextToken();
      switch (field) {
        case "dtype" -> type = once(type, type(json, tensor), where);
        case "shape" -> shape = once(shape, numbers(json, where, MOST_AXES), where);
        case "data_offsets" -> offsets = once(offsets, numbers(json, where, 2), where);
        default -> throw new Json.Wrong(where + " means nothing in this format");
      }
    }
    return entry(name, tensor, present(type, tensor, "dtype"), present(shape, tensor, "shape"),
        present(offsets, tensor, "data_offsets"));
  }

  private static Entry entry(String name, String tensor, ElementType type, List<Long> shape, List<Long> offsets)
      throws Json.Wrong {
    TensorSpec spec;
    try {
      spec = new TensorSpec(name, type, new Shape(shape));
    } catch (IllegalArgumentException e) {
      throw new Json.Wrong("%s has a shape that cannot be, %s".formatted(tensor, shape));
    }
    if (offsets.size() != 2 || offsets.get(0) > offsets.get(1)) {
      throw new Json.Wrong("%s lies at %s, which is no range of bytes".formatted(tensor, offsets));
    }
    long given = offsets.get(1) - offsets.get(0);
    if (given != spec.bytes()) {
      throw new Json.Wrong("%s of %s %s needs %d bytes and is given %d".formatted(
          tensor, type, spec.shape(), spec.bytes(), given));
    }
    return new Entry(spec, offsets.get(0), offsets.get(1));
  }

  private static ElementType type(JsonParser json, String tensor) throws IOException {
    String code = Json.text(json, tensor + "'s dtype");
    return ElementType.ofCode(code).orElseThrow(() -> new Json.Wrong(
        "%s is of type %s, which cannot be read".formatted(tensor, Quoted.name(code))));
  }

  private static List<Long> numbers(JsonParser json, String where, int most) throws IOException {
    Json.expect(json, JsonToken.START_ARRAY, where);
    List<Long> numbers = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (numbers.size() == most) {
        throw new Json.Wrong("%s has more than %d numbers".formatted(where, most));
      }
      numbers.add(Json.whole(json, where));
    }
    return numbers;
  }

  private static <T> Optional<T> once(Optional<T> before, T value, String where) throws Json.Wrong {
    if (before.isPresent()) {
      throw new Json.Wrong(where + " is given twice");
    }
    return Optional.of(value);
  }

  private static <T> T present(Optional<T> value, String tensor, String field) throws Json.Wrong {
    return value.orElseThrow(() -> new Json.Wrong("%s has no %s".formatted(tensor, field)));
  }
}
