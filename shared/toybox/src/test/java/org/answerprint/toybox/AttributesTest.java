package org.answerprint.toybox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import org.junit.jupiter.api.Test;

class AttributesTest {
  private static final Attributes RED_BALL = new Attributes(Pattern.STRIPED, ToyColour.RED, Material.METAL, Shape.BALL,
      Motion.ROLLING_LEFT, Place.GRASS, CameraMove.STILL);

  @Test
  void thereAre6912CaptionsAndEachParsesBack() {
    var captions = new HashSet<String>();
    Attributes.all().forEach(each -> {
      captions.add(each.caption());
      assertThat(Attributes.of(each.caption())).contains(each);
    });
    assertThat(captions).hasSize(6912);
  }

  @Test
  void aCaptionNamesEverythingInTheOrderOfTheGrammar() {
    assertThat(RED_BALL.caption()).isEqualTo("a striped red metal ball rolling left on grass");
  }

  @Test
  void aStillCaptionSaysNothingOfMotion() {
    assertThat(filmedWith(CameraMove.PAN_LEFT).stillCaption()).isEqualTo("a striped red metal ball on grass");
  }

  @Test
  void cameraWordsFollowUnlessTheCameraIsStill() {
    assertThat(filmedWith(CameraMove.ZOOM_OUT).caption())
        .isEqualTo("a striped red metal ball rolling left on grass zoom out");
    for (var move : CameraMove.values()) {
      assertThat(Attributes.of(filmedWith(move).caption())).contains(filmedWith(move));
    }
  }

  @Test
  void otherTextIsNoCaption() {
    assertThat(Attributes.of("a striped pink metal ball rolling left on grass")).isEmpty();
    assertThat(Attributes.of("a striped red metal ball on grass")).isEmpty();
    assertThat(Attributes.of("a striped red metal ball rolling left on grass still")).isPresent();
    assertThat(Attributes.of("")).isEmpty();
  }

  @Test
  void everyWordFindsItsValueAndOthersFindNone() {
    for (var pattern : Pattern.values()) {
      assertThat(Pattern.of(pattern.words())).contains(pattern);
    }
    for (var colour : ToyColour.values()) {
      assertThat(ToyColour.of(colour.words())).contains(colour);
    }
    for (var shape : Shape.values()) {
      assertThat(Shape.of(shape.words())).contains(shape);
    }
    assertThat(Material.of("wood")).isEmpty();
    assertThat(Motion.of("rolling")).isEmpty();
    assertThat(Place.of("moon")).isEmpty();
    assertThat(CameraMove.of("pan")).isEmpty();
  }

  private static Attributes filmedWith(CameraMove move) {
    return new Attributes(RED_BALL.pattern(), RED_BALL.colour(), RED_BALL.material(), RED_BALL.shape(),
        RED_BALL.motion(), RED_BALL.place(), move);
  }
}
