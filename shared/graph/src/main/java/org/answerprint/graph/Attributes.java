package org.answerprint.graph;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The attributes of an ONNX operator by name: Long, Float, String or a list of Long. Immutable. */
record Attributes(SortedMap<String, Object> values) {

  static final Attributes NONE = new Attributes(new TreeMap<>());

  Attributes {
    values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
  }

  static Attributes of(String name, long value) {
    return NONE.and(name, value);
  }

  static Attributes of(String name, List<Long> values) {
    return NONE.and(name, values);
  }

  Attributes and(String name, long value) {
    return with(name, value);
  }

  Attributes and(String name, double value) {
    return with(name, (float) value);
  }

  Attributes and(String name, String value) {
    return with(name, value);
  }

  Attributes and(String name, List<Long> value) {
    return with(name, List.copyOf(value));
  }

  private Attributes with(String name, Object value) {
    SortedMap<String, Object> more = new TreeMap<>(values);
    more.put(name, value);
    return new Attributes(more);
  }
}
