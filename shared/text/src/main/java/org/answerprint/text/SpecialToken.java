package org.answerprint.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * A token that text is searched for before anything else is done to it.
 *
 * @param content the token
 * @param leftStrip whether space before it belongs to it
 * @param rightStrip whether space behind it does
 * @param normalized whether it is looked for after lower-casing, too
 */
record SpecialToken(String content, boolean leftStrip, boolean rightStrip, boolean normalized) {

  static SpecialToken of(String content) {
    return new SpecialToken(content, false, false, false);
  }

  /** As a tokenizer's config has it: a word, or an object with a word. */
  static Optional<SpecialToken> of(JsonNode node) {
    if (node.isTextual()) {
      return Optional.of(of(node.textValue()));
    }
    return node.path("content").isTextual()
        ? Optional.of(new SpecialToken(node.path("content").textValue(), node.path("lstrip").asBoolean(),
            node.path("rstrip").asBoolean(), node.path("normalized").asBoolean()))
        : Optional.empty();
  }

  /** As a {@code tokenizer.json} lists it. */
  ObjectNode listed(int id) {
    return TokenizerFolder.JSON.createObjectNode()
        .put("id", id).put("content", content).put("single_word", false)
        .put("lstrip", leftStrip).put("rstrip", rightStrip).put("normalized", normalized).put("special", true);
  }
}
