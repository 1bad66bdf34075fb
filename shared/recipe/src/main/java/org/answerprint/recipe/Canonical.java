package org.answerprint.recipe;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Recipes as JSON in one fixed form: fixed order of keys, what is not said left out, numbers plain, only ASCII. The
 * text goes into hashes, so its form may never change for a value that could be written before.
 */
final class Canonical {

  private static final JsonFactory JSON = JsonFactory.builder()
      .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
      .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
      .build();

  private Canonical() {}

  private interface Body {
    void write(JsonGenerator json) throws IOException;
  }

  static String text(ShotRecipe shot) {
    return object(json -> shot(json, shot));
  }

  static String text(Recipe recipe) {
    return object(json -> {
      shot(json, recipe.base());
      json.writeStringField("onShotFailure", recipe.onShotFailure().word());
      if (recipe.maxCost().isPresent()) {
        json.writeNumberField("maxCost", recipe.maxCost().get());
      }
      shots(json, recipe);
      story(json, recipe);
    });
  }

  private static String object(Body body) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      body.write(json);
      json.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException("writing to memory failed", impossible);
    }
    return text.toString();
  }

  private static void shot(JsonGenerator json, ShotRecipe shot) throws IOException {
    changes(json, new Changes(
        Optional.of(shot.method()), shot.model(), shot.prompt(), shot.sourcePrompt(),
        OptionalLong.of(shot.seed()), shot.steps(), Optional.of(shot.options()),
        Optional.of(shot.transition())));
  }

  private static void shots(JsonGenerator json, Recipe recipe) throws IOException {
    if (recipe.shots().isEmpty()) {
      return;
    }
    json.writeArrayFieldStart("shots");
    for (ShotEntry entry : recipe.shots()) {
      json.writeStartObject();
      switch (entry.match()) {
        case ShotMatch.ByNumber(var number) -> json.writeNumberField("match", number);
        case ShotMatch.ByTime range -> json.writeStringField("match", range.text());
      }
      changes(json, entry.changes());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void story(JsonGenerator json, Recipe recipe) throws IOException {
    if (!recipe.isStory()) {
      return;
    }
    json.writeArrayFieldStart("story");
    for (StoryItem item : recipe.story()) {
      json.writeStartObject();
      json.writeStringField("key", item.key());
      text(json, "length", item.length().map(Times::format));
      changes(json, item.changes());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void changes(JsonGenerator json, Changes changes) throws IOException {
    text(json, "method", changes.method());
    text(json, "model", changes.model());
    text(json, "prompt", changes.prompt());
    text(json, "sourcePrompt", changes.sourcePrompt());
    if (changes.seed().isPresent()) {
      json.writeNumberField("seed", changes.seed().getAsLong());
    }
    if (changes.steps().isPresent()) {
      json.writeNumberField("steps", changes.steps().getAsInt());
    }
    if (changes.options().isPresent()) {
      options(json, changes.options().get());
    }
    if (changes.transition().isPresent()) {
      transition(json, changes.transition().get());
    }
  }

  private static void options(JsonGenerator json, Options options) throws IOException {
    json.writeObjectFieldStart("options");
    for (var option : options.values().entrySet()) {
      json.writeFieldName(option.getKey());
      switch (option.getValue()) {
        case OptionValue.Text(var text) -> json.writeString(text);
        case OptionValue.Number(var number) -> json.writeNumber(number);
        case OptionValue.Flag(var flag) -> json.writeBoolean(flag);
      }
    }
    json.writeEndObject();
  }

  private static void transition(JsonGenerator json, Transition transition) throws IOException {
    json.writeObjectFieldStart("transition");
    json.writeStringField("type", transition.type());
    json.writeNumberField("frames", transition.frames());
    text(json, "prompt", transition.prompt());
    json.writeEndObject();
  }

  private static void text(JsonGenerator json, String name, Optional<String> value) throws IOException {
    if (value.isPresent()) {
      json.writeStringField(name, value.get());
    }
  }
}
