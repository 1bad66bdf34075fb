package org.answerprint.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.answerprint.faults.RequestFault;
import org.answerprint.weights.Tensors;
import org.answerprint.weights.WeightFiles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClipTokenizerTest {

  private static final long BEGIN = 687;
  private static final long END = 688;

  @TempDir
  Path folder;

  @BeforeEach
  void aFolderAsCheckpointsHaveIt() throws IOException, URISyntaxException {
    for (String name : List.of("vocab.json", "merges.txt", "tokenizer_config.json")) {
      Files.copy(resource("/sd15/tokenizer/" + name), folder.resolve(name));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sd15", "sd-depth"})
  void givesTheIdsOfTheReference(String checkpoint) throws IOException, URISyntaxException {
    try (ClipTokenizer tokenizer = ClipTokenizer.open(resource("/" + checkpoint + "/tokenizer"))) {
      assertThat(ids(tokenizer, checkpoint)).containsExactlyElementsOf(golden(checkpoint));
      assertThat(tokenizer.length()).isEqualTo(77);
      assertThat(tokenizer.paddingId()).isEqualTo(END);
    }
  }

  @Test
  void givesTheSameIdsFromTheFileThatItWrites() throws IOException, URISyntaxException {
    assertThat(ClipTokenizer.writeJson(folder)).isTrue();
    assertThat(ClipTokenizer.writeJson(folder)).isFalse();
    Files.delete(folder.resolve("vocab.json"));
    Files.delete(folder.resolve("merges.txt"));
    try (ClipTokenizer tokenizer = ClipTokenizer.open(folder)) {
      assertThat(ids(tokenizer, "sd15")).containsExactlyElementsOf(golden("sd15"));
    }
    assertThat(folder).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void padsAsStableDiffusion2DoesWhereTheMapOfSpecialTokensSaysSo() throws IOException {
    Files.writeString(folder.resolve("special_tokens_map.json"), """
        {"bos_token": {"content": "<|startoftext|>", "lstrip": false, "normalized": true, "rstrip": false},
         "pad_token": "!"}""");
    try (ClipTokenizer tokenizer = ClipTokenizer.open(folder)) {
      assertThat(tokenizer.paddingId()).isZero();
      assertThat(tokenizer.encode("")).startsWith(BEGIN, END, 0, 0).endsWith(0, 0).hasSize(77);
      assertThat(tokenizer.encode("a!")).as("what pads is a special token, in Hugging Face's library too")
          .startsWith(BEGIN, 320, 0, END);
    }
    Files.writeString(folder.resolve("tokenizer_config.json"), "{\"added_tokens_decoder\": {}, \"pad_token\": \"a\"}");
    try (ClipTokenizer tokenizer = ClipTokenizer.open(folder)) {
      assertThat(tokenizer.paddingId()).isEqualTo(64);
    }
  }

  @Test
  void keepsTheEndTokenOfWhatItCutsAndNothingOfWhatWasBehind() {
    try (ClipTokenizer tokenizer = ClipTokenizer.open(folder)) {
      assertThat(tokenizer.encode("x ".repeat(75))).hasSize(77).endsWith(END)
          .isEqualTo(tokenizer.encode("x ".repeat(76)));
      assertThat(tokenizer.encode("x ".repeat(74))).hasSize(77).endsWith(END, END);
      assertThat(tokenizer.encode("word".repeat(50_000))).hasSize(77).startsWith(BEGIN).endsWith(END);
    }
  }

  @Test
  void survivesCharactersOfEveryKind() {
    try (ClipTokenizer tokenizer = ClipTokenizer.open(folder)) {
      assertThat(tokenizer.encode("\uD83D\uDE00")).hasSize(77).startsWith(BEGIN).endsWith(END);
      assertThat(tokenizer.encode("a \uD83D b")).isEqualTo(tokenizer.encode("a ? b"));
      assertThat(tokenizer.encode("a\u0000b\t\n\u3000c")).hasSize(77);
      assertThat(tokenizer.encode("A RED\n\n ball")).isEqualTo(tokenizer.encode("a red ball"));
    }
  }

  @Test
  void takesTheLengthOfTheConfig() throws IOException {
    Files.writeString(folder.resolve("tokenizer_config.json"), "{\"model_max_length\": 16}");
    try (ClipTokenizer tokenizer = ClipTokenizer.open(folder)) {
      assertThat(tokenizer.encode("x ".repeat(75))).hasSize(16).endsWith(END);
    }
    Files.writeString(folder.resolve("tokenizer_config.json"), "{\"model_max_length\": 1" + "0".repeat(30) + "}");
    try (ClipTokenizer tokenizer = ClipTokenizer.open(folder)) {
      assertThat(tokenizer.length()).isEqualTo(77);
    }
  }

  @Test
  void namesWhatIsMissingOrWrong() throws IOException {
    Files.writeString(folder.resolve("merges.txt"), "#version: 0.2\ni n\nnot here\na b c\n");
    Files.writeString(folder.resolve("tokenizer_config.json"), "{\"pad_token\": \"nowhere\"}");
    refused("line 3 of merges.txt", "line 4 of merges.txt");
    Files.delete(folder.resolve("merges.txt"));
    refused("no merges.txt");
    Files.writeString(folder.resolve("vocab.json"), "{\"a\": -1, \"b\": \"x\", \"c\": 1, \"d\": 1}");
    Files.writeString(folder.resolve("merges.txt"), "");
    refused("an id in vocab.json");
    Files.writeString(folder.resolve("vocab.json"), "[]");
    refused("vocab.json holds no JSON object");
    Files.delete(folder.resolve("vocab.json"));
    refused("no vocab.json");
    Files.writeString(folder.resolve("tokenizer.json"), "{\"model\": 5}");
    refused("tokenizer.json has no vocabulary");
    Files.writeString(folder.resolve("tokenizer.json"), "{\"model\": {\"type\": \"Odd\", \"vocab\": {\"nowhere\": 5,"
        + "\"<|startoftext|>\": 1, \"<|endoftext|>\": 2}}}");
    refused("cannot be used");
    Files.writeString(folder.resolve("tokenizer.json"), "[".repeat(10_000));
    refused("tokenizer.json is no proper JSON");
  }

  private void refused(String... why) {
    assertThatThrownBy(() -> ClipTokenizer.open(folder)).isInstanceOf(RequestFault.class)
        .hasMessageContaining(folder.toString())
        .satisfies(fault -> assertThat(fault.getMessage()).contains(why));
  }

  private static List<Long> ids(ClipTokenizer tokenizer, String checkpoint) throws IOException, URISyntaxException {
    List<Long> ids = new ArrayList<>();
    Path prompts = resource("/" + checkpoint + "/prompts.json");
    for (String prompt : new ObjectMapper().readValue(prompts.toFile(), String[].class)) {
      for (long id : tokenizer.encode(prompt)) {
        ids.add(id);
      }
    }
    return ids;
  }

  private static List<Long> golden(String checkpoint) throws URISyntaxException {
    try (Tensors tensors = WeightFiles.open(resource("/" + checkpoint + "/text_encoder.safetensors"))) {
      var ids = tensors.get("input_ids").buffer().asLongBuffer();
      List<Long> all = new ArrayList<>();
      while (ids.hasRemaining()) {
        all.add(ids.get());
      }
      return all;
    }
  }

  private static Path resource(String name) throws URISyntaxException {
    return Path.of(ClipTokenizerTest.class.getResource(name).toURI());
  }
}
