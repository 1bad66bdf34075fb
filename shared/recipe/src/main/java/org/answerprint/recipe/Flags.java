package org.answerprint.recipe;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Lays the flags of a command line over a document before it is checked. */
final class Flags {

  private Flags() {}

  static Value.Mapping over(Value.Mapping document, Overrides flags) {
    Map<String, Value> said = new LinkedHashMap<>();
    flags.method().ifPresent(value -> said.put("method", text(value)));
    flags.model().ifPresent(value -> said.put("model", text(value)));
    flags.prompt().ifPresent(value -> said.put("prompt", text(value)));
    flags.sourcePrompt().ifPresent(value -> said.put("sourcePrompt", text(value)));
    flags.seed().ifPresent(value -> said.put("seed", number(value)));
    flags.steps().ifPresent(value -> said.put("steps", number(value)));
    flags.transition().ifPresent(type -> said.put("transition", transition(document, type)));
    Value before = written(document, "method").orElse(text(ShotRecipe.DEFAULT.method()));
    boolean otherMethod = flags.method().filter(method -> !text(method).equals(before)).isPresent();
    Stream<Value.Entry> kept = document.entries().stream()
        .filter(entry -> !said.containsKey(entry.key()) && !(otherMethod && entry.key().equals("options")));
    return new Value.Mapping(Stream.concat(kept,
        said.entrySet().stream().map(entry -> new Value.Entry(entry.getKey(), entry.getValue()))).toList());
  }

  /** The written transition where it is of this type, else the type alone, with its usual frames. */
  private static Value transition(Value.Mapping document, String type) {
    Value.Mapping bare = new Value.Mapping(List.of(new Value.Entry("type", text(type))));
    return written(document, "transition")
        .filter(value -> value instanceof Value.Mapping mapping && mapping.entries().contains(bare.entries().get(0)))
        .orElse(bare);
  }

  private static Optional<Value> written(Value.Mapping document, String key) {
    return document.entries().stream().filter(entry -> entry.key().equals(key)).map(Value.Entry::value).findFirst();
  }

  private static Value text(String value) {
    return new Value.Scalar(Value.Kind.TEXT, value);
  }

  private static Value number(long value) {
    return new Value.Scalar(Value.Kind.NUMBER, Long.toString(value));
  }
}
