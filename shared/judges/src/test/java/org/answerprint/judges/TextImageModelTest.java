package org.answerprint.judges;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.answerprint.metrics.ClipSimilarity;
import org.answerprint.metrics.Embedding;
import org.answerprint.runtime.Engine;
import org.answerprint.toybox.Attributes;
import org.answerprint.training.Size;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextImageModelTest {

  private static TextImageModel model;

  @BeforeAll
  static void opens() {
    model = TextImageModel.open(Engine.cpu());
  }

  @AfterAll
  static void closes() {
    model.close();
  }

  @ParameterizedTest
  @CsvSource({"64,64", "112,64"})
  void mostPicturesAreNearestToTheirOwnOfAllCaptions(int width, int height) {
    assertThat(HeldOut.of(5_000, 200, new Size(width, height)).ownCaptionBest(model)).isGreaterThan(2 * 70);
  }

  @Test
  void aCaptionWithOneWordChangedFitsLess() {
    HeldOut shown = HeldOut.of(9_000, 50, new Size(64, 64));
    List<Embedding> pictures = model.pictures(shown.pictures());
    for (Attribute attribute : Attribute.values()) {
      int better = 0;
      for (int i = 0; i < pictures.size(); i++) {
        Attributes own = shown.attributes().get(i);
        Attributes changed = attribute.in(own, (attribute.of(own) + 1) % attribute.count());
        double right = ClipSimilarity.text(List.of(pictures.get(i)), model.text(own.stillCaption()));
        better += right > ClipSimilarity.text(List.of(pictures.get(i)), model.text(changed.stillCaption())) ? 1 : 0;
      }
      assertThat(better).as(attribute.key()).isGreaterThanOrEqualTo(43);
    }
  }

  @Test
  void motionWordsHardlyMatterToASinglePicture() {
    HeldOut shown = HeldOut.of(9_500, 20, new Size(64, 64));
    for (Attributes attributes : shown.attributes()) {
      assertThat(model.text(attributes.caption()).cosine(model.text(attributes.stillCaption()))).isGreaterThan(0.9);
    }
  }

  @Test
  void theSameTextAndPictureAlwaysPointTheSameWay() {
    HeldOut shown = HeldOut.of(9_600, 33, new Size(112, 64));
    Embedding alone = model.pictures(shown.pictures().subList(32, 33)).getFirst();
    assertThat(model.pictures(shown.pictures()).get(32).cosine(alone)).isEqualTo(1, within(1e-5));
    assertThat(model.text("A  red ball on grass ").cosine(model.text("a red ball on grass"))).isEqualTo(1, within(1e-6));
  }

  @Test
  void wordsOfCaptionsAreToldApartAndOthersAreNot() {
    assertThat(CaptionWords.ids("red")).isNotEqualTo(CaptionWords.ids("blue"));
    assertThat(CaptionWords.ids("zebra")).isEqualTo(CaptionWords.ids("yacht")).isNotEqualTo(CaptionWords.ids(""));
    assertThat(CaptionWords.ids("a ".repeat(40))).hasSize(CaptionWords.PLACES).endsWith(CaptionWords.END);
    assertThat(CaptionWords.ids("a striped purple rubber cylinder coming closer on asphalt zoom out")).doesNotContain(1);
  }
}
