package org.answerprint.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.answerprint.networks.ClipText;
import org.answerprint.text.ClipTokenizer;
import org.answerprint.toybox.Attributes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptionTokensTest {

  private final ClipText text = ToyboxImage.text();

  @TempDir
  private Path folder;

  @Test
  void theTextEncoderHasATokenForEveryTokenOfTheTokenizer() {
    assertThat(text.vocabSize()).isEqualTo(CaptionTokens.count());
    assertThat(text.endOfText()).isEqualTo(CaptionTokens.count() - 1);
  }

  @Test
  void everyWordOfACaptionIsOneToken() {
    CaptionTokens.write(folder, text.maxPositions());
    try (ClipTokenizer tokenizer = ClipTokenizer.open(folder)) {
      for (String word : Captions.words()) {
        assertThat(tokens(tokenizer, word)).as(word).isEqualTo(1);
      }
      String longest = Attributes.all().map(Attributes::caption).max((a, b) -> a.length() - b.length()).orElseThrow();
      assertThat(tokens(tokenizer, longest)).isEqualTo(longest.split(" ").length);
    }
  }

  @Test
  void otherWordsAreSpeltAndTextsArePaddedWithTheEndToken() {
    CaptionTokens.write(folder, text.maxPositions());
    try (ClipTokenizer tokenizer = ClipTokenizer.open(folder)) {
      assertThat(tokenizer.length()).isEqualTo(text.maxPositions());
      assertThat(tokenizer.paddingId()).isEqualTo(text.endOfText());
      assertThat(tokens(tokenizer, "xyz")).isEqualTo(3);
      assertThat(Arrays.stream(tokenizer.encode("")).skip(1)).containsOnly((long) text.endOfText());
    }
  }

  /** Those between the begin token and the first end token. */
  private long tokens(ClipTokenizer tokenizer, String words) {
    return LongStream.of(tokenizer.encode(words)).skip(1).takeWhile(id -> id != text.endOfText()).count();
  }
}
