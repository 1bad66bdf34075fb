package org.answerprint.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.answerprint.faults.TransientFault;

/** The tokenizer of Toybox captions, as the files of a CLIP tokenizer: every word of a caption is one token. */
final class CaptionTokens {

  private static final JsonMapper JSON = new JsonMapper();

  private CaptionTokens() {}

  /** How many tokens there are. */
  static int count() {
    return BytePairs.of(Captions.words()).tokens().size();
  }

  /**
   * Writes {@code vocab.json}, {@code merges.txt} and {@code tokenizer_config.json}.
   *
   * @param folder made where it is not there
   * @param length tokens of every text
   */
  static void write(Path folder, int length) {
    BytePairs pairs = BytePairs.of(Captions.words());
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve("vocab.json"), vocabulary(pairs));
      Files.writeString(folder.resolve("merges.txt"), merges(pairs.merges()));
      Files.writeString(folder.resolve("tokenizer_config.json"), config(length));
    } catch (IOException e) {
      throw new TransientFault("%s could not be written (%s); make room on the disk and try again".formatted(folder, e), e);
    }
  }

  private static String vocabulary(BytePairs pairs) {
    ObjectNode vocabulary = JSON.createObjectNode();
    for (int id = 0; id < pairs.tokens().size(); id++) {
      vocabulary.put(pairs.tokens().get(id), id);
    }
    return text(vocabulary);
  }

  private static String merges(List<List<String>> merges) {
    return "#version: 0.2\n" + merges.stream().map(pair -> String.join(" ", pair) + "\n").collect(Collectors.joining());
  }

  private static String config(int length) {
    return text(JSON.createObjectNode().put("tokenizer_class", "CLIPTokenizer").put("do_lower_case", true)
        .put("bos_token", BytePairs.BEGIN).put("eos_token", BytePairs.END).put("pad_token", BytePairs.END)
        .put("unk_token", BytePairs.END).put("model_max_length", length));
  }

  private static String text(ObjectNode object) {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(object) + "\n";
    } catch (JsonProcessingException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
