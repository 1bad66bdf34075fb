package org.answerprint.recipe;

import java.util.List;

/** A YAML or JSON document, before anything is known about its meaning. */
sealed interface Value {

  /** What a scalar is by YAML 1.2's core rules. */
  enum Kind { TEXT, NUMBER, FLAG, NOTHING }

  /** One word, text or number, as it was written. */
  record Scalar(Kind kind, String text) implements Value {}

  /** A list. */
  record Sequence(List<Value> items) implements Value {}

  /** Keys and values in the order written; a key may be there twice. */
  record Mapping(List<Entry> entries) implements Value {}

  /** One key with its value. */
  record Entry(String key, Value value) {}
}
