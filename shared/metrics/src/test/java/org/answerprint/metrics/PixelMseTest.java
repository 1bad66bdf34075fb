package org.answerprint.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.answerprint.flow.DenseFlow;
import org.answerprint.flow.FlowField;
import org.answerprint.pictures.Picture;
import org.answerprint.toybox.Attributes;
import org.answerprint.toybox.CameraMove;
import org.answerprint.toybox.Material;
import org.answerprint.toybox.Motion;
import org.answerprint.toybox.Pattern;
import org.answerprint.toybox.Place;
import org.answerprint.toybox.Scene;
import org.answerprint.toybox.Scenes;
import org.answerprint.toybox.Shape;
import org.answerprint.toybox.ToyColour;
import org.junit.jupiter.api.Test;

class PixelMseTest {

  @Test
  void aClipThatStandsStillHasNone() {
    Picture picture = Clips.waves(20, 10, 0, 0);
    PixelMse mse = PixelMse.of(List.of(picture, picture, picture), Clips.even(2, 20, 10, 0, 0));
    assertThat(mse.all()).isZero();
    assertThat(mse.trusted()).hasValue(0);
    assertThat(mse.share()).isEqualTo(1);
  }

  @Test
  void flickerIsItsSquareInLevels() {
    List<Picture> flicker = List.of(Clips.plain(8, 8, 100), Clips.plain(8, 8, 103), Clips.plain(8, 8, 98));
    assertThat(PixelMse.of(flicker, Clips.even(2, 8, 8, 0, 0)).all()).isEqualTo((9 + 25) / 2.0, within(1e-3));
  }

  @Test
  void whatGlidesAlongTheMotionHasNoneButAtTheEdgeItCameOver() {
    PixelMse mse = PixelMse.of(Clips.gliding(4, 24, 12, 2, 0), Clips.even(3, 24, 12, -2, 0));
    assertThat(mse.trusted().orElseThrow()).isLessThan(1e-6);
    assertThat(mse.all()).isGreaterThan(10);
    assertThat(mse.share()).isEqualTo(22.0 / 24, within(1e-12));
  }

  @Test
  void betweenPixelsColoursAreMixed() {
    float[] ramp = new float[3 * 4];
    float[] shifted = new float[3 * 4];
    for (int i = 0; i < ramp.length; i++) {
      ramp[i] = i % 4 * 0.1f;
      shifted[i] = (i % 4 - 0.5f) * 0.1f;
    }
    PixelMse mse = PixelMse.of(List.of(new Picture(4, 1, ramp), new Picture(4, 1, shifted)), Clips.even(1, 4, 1, -0.5f, 0));
    assertThat(mse.trusted().orElseThrow()).isLessThan(1e-6);
    double atTheEdge = 0.05 * 127.5;
    assertThat(mse.all()).isEqualTo(atTheEdge * atTheEdge / 4, within(1e-3));
  }

  @Test
  void pixelsWithoutAKnownMotionCountNowhere() {
    float[] motion = {0, Float.NaN};
    ClipMotion known = new ClipMotion(List.of(new MotionBack(new FlowField(2, 1, motion, motion), new boolean[] {false, false})));
    Picture before = new Picture(2, 1, new float[6]);
    Picture after = new Picture(2, 1, new float[] {1, -1, 1, -1, 1, -1});
    PixelMse mse = PixelMse.of(List.of(before, after), known);
    assertThat(mse.all()).isEqualTo(127.5 * 127.5, within(1e-6));
    assertThat(mse.trusted()).isEmpty();
    assertThat(mse.share()).isZero();
  }

  @Test
  void estimatedMotionFollowsWhatGlides() {
    List<Picture> clip = Clips.gliding(3, 64, 48, 1.5, -1);
    try (DenseFlow dense = new DenseFlow()) {
      PixelMse along = PixelMse.of(clip, ClipMotion.estimated(dense, clip));
      PixelMse without = PixelMse.of(clip, Clips.even(2, 64, 48, 0, 0));
      assertThat(along.trusted().orElseThrow()).isLessThan(without.all() / 20);
      assertThat(along.share()).isGreaterThan(0.7);
    }
  }

  @Test
  void theRenderersMotionExplainsThePerfectEditAndNotOneThatFlickers() {
    Scene scene = rolling(ToyColour.RED);
    ClipMotion motion = ClipMotion.known(scene, 8, 64, 64);
    List<Picture> red = Clips.rendered(rolling(ToyColour.RED), 8, 64, 64);
    List<Picture> blue = Clips.rendered(rolling(ToyColour.BLUE), 8, 64, 64);
    double steady = PixelMse.of(blue, motion).trusted().orElseThrow();
    List<Picture> flicker = List.of(red.get(0), blue.get(1), red.get(2), blue.get(3), red.get(4), blue.get(5), red.get(6), blue.get(7));
    assertThat(PixelMse.of(flicker, motion).trusted().orElseThrow()).isGreaterThan(10 * steady);
    assertThat(PixelMse.of(blue, Clips.even(7, 64, 64, 0, 0)).all()).isGreaterThan(2 * steady);
  }

  @Test
  void clipsThatDoNotFitTheirMotionAreRefused() {
    Picture picture = Clips.plain(8, 8, 0);
    assertThatThrownBy(() -> PixelMse.of(List.of(picture, picture), Clips.even(2, 8, 8, 0, 0)))
        .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("2 frames");
    assertThatThrownBy(() -> PixelMse.of(List.of(picture), Clips.even(0, 8, 8, 0, 0))).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> PixelMse.of(List.of(picture, picture), Clips.even(1, 9, 8, 0, 0)))
        .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("9x8");
  }

  static Scene rolling(ToyColour colour) {
    return Scenes.of(new Attributes(Pattern.STRIPED, colour, Material.RUBBER, Shape.BALL, Motion.ROLLING_RIGHT, Place.GRASS,
        CameraMove.STILL), 5);
  }
}
