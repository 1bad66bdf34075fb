package org.answerprint.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * A tokenizer's special tokens and length, as Hugging Face's library finds them: {@code special_tokens_map.json} goes
 * before {@code tokenizer_config.json}, except where the latter lists all added tokens itself; what neither names is
 * CLIP's own.
 *
 * @param begin before every text
 * @param end behind every text
 * @param unknown for what has no token
 * @param padding up to the length; {@code !} in Stable Diffusion 2, the end token in 1
 * @param length of every encoded text
 */
record SpecialTokens(SpecialToken begin, SpecialToken end, SpecialToken unknown, SpecialToken padding, int length) {

  private static final String BEGIN = "<|startoftext|>";
  private static final String END = "<|endoftext|>";
  private static final int CLIP_LENGTH = 77;

  static SpecialTokens read(TokenizerFolder folder) {
    ObjectNode config = folder.json("tokenizer_config.json").orElseGet(TokenizerFolder.JSON::createObjectNode);
    ObjectNode map = config.has("added_tokens_decoder")
        ? TokenizerFolder.JSON.createObjectNode()
        : folder.json("special_tokens_map.json").orElseGet(TokenizerFolder.JSON::createObjectNode);
    return new SpecialTokens(
        token(map, config, "bos_token", BEGIN), token(map, config, "eos_token", END),
        token(map, config, "unk_token", END), token(map, config, "pad_token", END),
        length(config.path("model_max_length")));
  }

  List<SpecialToken> all() {
    return List.of(begin, end, unknown, padding);
  }

  private static SpecialToken token(ObjectNode map, ObjectNode config, String name, String otherwise) {
    return SpecialToken.of(map.path(name))
        .or(() -> SpecialToken.of(config.path(name)))
        .orElseGet(() -> SpecialToken.of(otherwise));
  }

  /** A tokenizer without a length of its own says 10^30; the text encoder has 77 positions then. */
  private static int length(JsonNode node) {
    return node.isInt() && node.intValue() >= 2 && node.intValue() <= 1024 ? node.intValue() : CLIP_LENGTH;
  }
}
