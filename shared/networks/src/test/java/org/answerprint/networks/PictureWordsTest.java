package org.answerprint.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.answerprint.faults.RequestFault;
import org.answerprint.graph.Dim;
import org.junit.jupiter.api.Test;

class PictureWordsTest {

  private static final String CONFIG = """
      {"_class_name": "PictureWords", "image_size": 16, "block_out_channels": [4, 8], "norm_num_groups": 2,
       "choices": ["red blue", "ball cube cone"], "sentence": "a {} {}"}""";

  private static PictureWords of(String json) {
    return PictureWords.of(Config.parse("config.json", json));
  }

  @Test
  void choosesTheLikeliestWordForEveryGap() {
    PictureWords words = of(CONFIG);
    assertThat(words.words()).isEqualTo(5);
    assertThat(words.sentence(new float[] {0, 1, 3, -1, 2})).isEqualTo("a blue ball");
    assertThat(words.sentence(new float[] {0.5f, 0.5f, -3, -1, -2})).isEqualTo("a red cube");
  }

  @Test
  void givesLogitsOfAllWords() {
    PictureWords words = of(CONFIG);
    assertThat(words.graph(Dim.of(3)).output("logits").shape().sizes()).containsExactly(3, 5);
    assertThat(words.weights()).extracting(weight -> weight.name()).isEqualTo(List.of("blocks.0.conv.weight", "blocks.0.conv.bias",
        "blocks.0.norm.weight", "blocks.0.norm.bias", "blocks.1.conv.weight", "blocks.1.conv.bias", "blocks.1.norm.weight",
        "blocks.1.norm.bias", "head.weight", "head.bias"));
  }

  @Test
  void namesEveryFieldThatIsWrong() {
    assertThatThrownBy(() -> of("""
        {"_class_name": "PictureWords", "image_size": 2, "block_out_channels": [4, 9], "norm_num_groups": 2,
         "choices": [], "sentence": "a {} {}"}""")).isInstanceOf(RequestFault.class)
        .hasMessageContaining("image_size").hasMessageContaining("block_out_channels").hasMessageContaining("choices");
    assertThatThrownBy(() -> of(CONFIG.replace("a {} {}", "a {}"))).isInstanceOf(RequestFault.class).hasMessageContaining("sentence");
  }
}
