package org.answerprint.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.answerprint.faults.RequestFault;

/**
 * A CLIP tokenizer as the one file that Hugging Face's library reads: taken from the folder where it is there, else
 * made of {@code vocab.json} and {@code merges.txt} by CLIP's rules.
 */
final class ClipTokenizerJson {

  static final String FILE = "tokenizer.json";

  private static final String SPLIT = "'s|'t|'re|'ve|'m|'ll|'d|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+";
  private static final String WORD_END = "</w>";
  private static final int MOST_MERGES = 49152 - 256 - 2;
  private static final int MOST_PROBLEMS = 10;

  private final TokenizerFolder folder;
  private final SpecialTokens special;
  private final List<String> problems = new ArrayList<>();

  private ClipTokenizerJson(TokenizerFolder folder, SpecialTokens special) {
    this.folder = folder;
    this.special = special;
  }

  /** @throws RequestFault with what is missing or wrong in the folder's files */
  static ObjectNode of(TokenizerFolder folder, SpecialTokens special) {
    ClipTokenizerJson maker = new ClipTokenizerJson(folder, special);
    ObjectNode json = folder.json(FILE).orElseGet(maker::made);
    // Length and padding are ours: the library pads with 0 where the file does not say with what.
    json.putNull("truncation").putNull("padding");
    maker.listSpecialTokens(json);
    maker.require();
    return json;
  }

  /** The id of a token in such a file. */
  static OptionalInt id(ObjectNode json, String token) {
    JsonNode id = json.path("model").path("vocab").path(token);
    if (id.isInt()) {
      return OptionalInt.of(id.intValue());
    }
    for (JsonNode added : json.path("added_tokens")) {
      if (added.path("content").asText().equals(token) && added.path("id").isInt()) {
        return OptionalInt.of(added.path("id").intValue());
      }
    }
    return OptionalInt.empty();
  }

  private ObjectNode made() {
    ObjectNode vocabulary = folder.json("vocab.json").orElseThrow(() -> missing("vocab.json"));
    List<String> lines = folder.lines("merges.txt").orElseThrow(() -> missing("merges.txt"));
    requireIds(vocabulary);
    ObjectNode json = TokenizerFolder.JSON.createObjectNode().put("version", "1.0");
    json.putArray("added_tokens");
    normalizer(json);
    preTokenizer(json);
    postProcessor(json, vocabulary);
    byteLevel(json.putObject("decoder"));
    ObjectNode model = json.putObject("model");
    model.put("type", "BPE").put("unk_token", special.unknown().content());
    model.put("continuing_subword_prefix", "").put("end_of_word_suffix", WORD_END);
    model.put("fuse_unk", false).put("byte_fallback", false);
    model.set("vocab", vocabulary);
    merges(model.putArray("merges"), lines, vocabulary);
    require();
    return json;
  }

  private static void normalizer(ObjectNode json) {
    ArrayNode steps = json.putObject("normalizer").put("type", "Sequence").putArray("normalizers");
    steps.addObject().put("type", "NFC");
    steps.addObject().put("type", "Replace").put("content", " ").putObject("pattern").put("Regex", "\\s+");
    steps.addObject().put("type", "Lowercase");
  }

  private static void preTokenizer(ObjectNode json) {
    ArrayNode steps = json.putObject("pre_tokenizer").put("type", "Sequence").putArray("pretokenizers");
    steps.addObject().put("type", "Split").put("behavior", "Removed").put("invert", true)
        .putObject("pattern").put("Regex", SPLIT);
    byteLevel(steps.addObject());
  }

  private static void byteLevel(ObjectNode step) {
    step.put("type", "ByteLevel").put("add_prefix_space", false).put("trim_offsets", true).put("use_regex", true);
  }

  private void postProcessor(ObjectNode json, ObjectNode vocabulary) {
    ObjectNode step = json.putObject("post_processor").put("type", "RobertaProcessing")
        .put("trim_offsets", false).put("add_prefix_space", false);
    step.putArray("sep").add(special.end().content()).add(vocabulary.path(special.end().content()).asInt());
    step.putArray("cls").add(special.begin().content()).add(vocabulary.path(special.begin().content()).asInt());
  }

  private void merges(ArrayNode merges, List<String> lines, ObjectNode vocabulary) {
    int first = !lines.isEmpty() && lines.getFirst().startsWith("#version") ? 1 : 0;
    for (int i = first; i < lines.size() && merges.size() < MOST_MERGES; i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty()) {
        continue;
      }
      String[] parts = line.split("\\s+");
      if (parts.length != 2 || !vocabulary.has(parts[0]) || !vocabulary.has(parts[1])
          || !vocabulary.has(parts[0] + parts[1])) {
        problem("line %d of merges.txt does not merge two tokens of vocab.json into a third", i + 1);
      } else {
        merges.addArray().add(parts[0]).add(parts[1]);
      }
    }
  }

  private void requireIds(ObjectNode vocabulary) {
    Set<Integer> ids = new HashSet<>();
    vocabulary.properties().forEach(entry -> {
      if (!entry.getValue().isInt() || entry.getValue().intValue() < 0 || !ids.add(entry.getValue().intValue())) {
        problem("an id in vocab.json is no whole number from 0 up, or is given twice (%s)",
            visible(entry.getValue().toString()));
      }
    });
  }

  private void listSpecialTokens(ObjectNode json) {
    if (!(json.path("model").path("vocab") instanceof ObjectNode)) {
      throw new RequestFault("%s has no vocabulary; fetch it again".formatted(folder.path().resolve(FILE)));
    }
    ArrayNode added = json.path("added_tokens") instanceof ArrayNode list ? list : json.putArray("added_tokens");
    Set<String> listed = new HashSet<>();
    added.forEach(token -> listed.add(token.path("content").asText()));
    for (SpecialToken token : special.all()) {
      OptionalInt id = id(json, token.content());
      if (id.isEmpty()) {
        problem("the special token %s is not in the vocabulary", visible(token.content()));
      } else if (listed.add(token.content())) {
        added.add(token.listed(id.getAsInt()));
      }
    }
  }

  private void problem(String problem, Object... arguments) {
    if (problems.size() < MOST_PROBLEMS) {
      problems.add(problem.formatted(arguments));
    }
  }

  private void require() {
    if (!problems.isEmpty()) {
      throw new RequestFault("the tokenizer in %s cannot be used: %s; fetch it again".formatted(
          folder.path(), String.join("; ", problems)));
    }
  }

  private RequestFault missing(String name) {
    return new RequestFault("the tokenizer in %s has no %s and no %s; fetch the whole folder".formatted(
        folder.path(), FILE, name));
  }

  private static String visible(String text) {
    String printable = text.replaceAll("[^\\x20-\\x7e]", "?");
    return "'" + (printable.length() > 60 ? printable.substring(0, 60) + "..." : printable) + "'";
  }
}
