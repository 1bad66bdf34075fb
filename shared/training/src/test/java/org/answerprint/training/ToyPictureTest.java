package org.answerprint.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.LongStream;
import org.answerprint.toybox.Scene;
import org.junit.jupiter.api.Test;

class ToyPictureTest {

  @Test
  void aNumberIsAlwaysTheSamePicture() {
    ToyPicture once = ToyPicture.toLearnFrom(1, 7, 24, 16);
    ToyPicture again = ToyPicture.toLearnFrom(1, 7, 24, 16);
    assertThat(again.picture().planes()).isEqualTo(once.picture().planes());
    assertThat(again.nearness()).isEqualTo(once.nearness());
    assertThat(again.scene()).isEqualTo(once.scene());
  }

  @Test
  void numbersAndSeedsAreDifferentScenes() {
    List<Scene> scenes = LongStream.range(0, 20).boxed().flatMap(n -> List.of(
        ToyPicture.toLearnFrom(1, n, 8, 8), ToyPicture.toLearnFrom(2, n, 8, 8), ToyPicture.heldOut(n, 8, 8)).stream())
        .map(ToyPicture::scene).toList();
    assertThat(scenes).doesNotHaveDuplicates();
  }

  @Test
  void nearnessGoesWithThePicture() {
    for (int number = 0; number < 12; number++) {
      ToyPicture picture = ToyPicture.toLearnFrom(3, number, 24, 16);
      assertThat(picture.picture().planes()).hasSize(3 * 24 * 16);
      assertThat(picture.nearness()).hasSize(24 * 16);
      float top = mean(picture.nearness(), 0, 2 * 24);
      float bottom = mean(picture.nearness(), 14 * 24, 16 * 24);
      assertThat(bottom).isGreaterThan(top);
    }
  }

  @Test
  void nearnessIsAveragedOverSquares() {
    ToyPicture picture = ToyPicture.heldOut(0, 8, 8);
    float[] means = picture.nearness(4);
    assertThat(means).hasSize(4);
    double first = 0;
    for (int y = 4; y < 8; y++) {
      for (int x = 0; x < 4; x++) {
        first += picture.nearness()[y * 8 + x] / 16;
      }
    }
    assertThat((double) means[2]).isCloseTo(first, within(1e-6));
  }

  @Test
  void theObjectGoesWithThePicture() {
    for (int number = 0; number < 12; number++) {
      ToyPicture picture = ToyPicture.toLearnFrom(3, number, 24, 16);
      float[] object = picture.object();
      assertThat(object).hasSize(24 * 16);
      assertThat(mean(object, 0, object.length)).isBetween(0.005f, 0.6f);
      for (int i = 0; i < object.length; i++) {
        assertThat(object[i]).isBetween(0f, 1f);
        assertThat(object[i] == 1 && picture.nearness()[i] == 0).as("an object in the sky, which is endlessly far").isFalse();
      }
      assertThat(mean(picture.object(4), 0, 24)).isCloseTo(mean(object, 0, object.length), within(1e-5f));
    }
  }

  private static float mean(float[] values, int from, int to) {
    float sum = 0;
    for (int i = from; i < to; i++) {
      sum += values[i] / (to - from);
    }
    return sum;
  }
}
