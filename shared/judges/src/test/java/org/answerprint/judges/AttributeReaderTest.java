package org.answerprint.judges;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.answerprint.pictures.Picture;
import org.answerprint.runtime.Engine;
import org.answerprint.toybox.Attributes;
import org.answerprint.training.Size;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttributeReaderTest {

  private static AttributeReader reader;

  @BeforeAll
  static void opens() {
    reader = AttributeReader.open(Engine.cpu());
  }

  @AfterAll
  static void closes() {
    reader.close();
  }

  @ParameterizedTest
  @CsvSource({"64,64", "112,64"})
  void readsWhatRendersShowThatItHasNotLearntFrom(int width, int height) {
    HeldOut shown = HeldOut.of(5_000, 300, new Size(width, height));
    Map<Attribute, Integer> right = shown.readRight(reader);
    double all = 300.0 * Attribute.values().length;
    assertThat(right.values().stream().mapToInt(Integer::intValue).sum() / all).isGreaterThan(0.98);
    assertThat(right.get(Attribute.MATERIAL) / 300.0).isGreaterThan(0.95);
    assertThat(right.get(Attribute.PATTERN) / 300.0).isGreaterThan(0.95);
  }

  @Test
  void seesThroughSoftnessAndNoise() {
    Map<Attribute, Integer> right = HeldOut.of(6_000, 200, new Size(64, 64)).worn().readRight(reader);
    assertThat(right.values().stream().mapToInt(Integer::intValue).sum() / 1000.0).isGreaterThan(0.95);
  }

  @Test
  void picturesOfOtherSizesAreBroughtToItsOwn() {
    HeldOut large = HeldOut.of(7_000, 60, new Size(320, 180));
    assertThat(large.readRight(reader).values().stream().mapToInt(Integer::intValue).sum() / 300.0).isGreaterThan(0.9);
  }

  @Test
  void aPictureIsReadTheSameInAnyCompany() {
    List<Picture> pictures = HeldOut.of(8_000, 40, new Size(64, 64)).pictures();
    List<Reading> together = reader.read(pictures);
    assertThat(together).hasSize(40);
    assertThat(reader.read(pictures.subList(39, 40))).containsExactly(together.getLast());
  }

  @Test
  void aReadingAgreesWithTheCaptionItSays() {
    Attributes said = Attributes.of("a striped blue metal ball rolling left on snow").orElseThrow();
    Attributes other = Attributes.of("a striped red metal ball jumping on snow").orElseThrow();
    Reading reading = Reading.of(said);
    for (Attribute attribute : Attribute.values()) {
      assertThat(reading.agrees(said, attribute)).isTrue();
      assertThat(reading.agrees(other, attribute)).isEqualTo(attribute != Attribute.COLOUR);
    }
  }
}
