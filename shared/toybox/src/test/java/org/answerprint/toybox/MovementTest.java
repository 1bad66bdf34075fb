package org.answerprint.toybox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class MovementTest {
  private static final int SIZE = 64;
  private static final Renderer SERIAL = Renderer.serial();

  @Test
  void rollingGoesTheWayItsNameSays() {
    assertThat(column(Motion.ROLLING_LEFT, 1) - column(Motion.ROLLING_LEFT, 0)).isLessThan(-15);
    assertThat(column(Motion.ROLLING_RIGHT, 1) - column(Motion.ROLLING_RIGHT, 0)).isGreaterThan(15);
  }

  @Test
  void aRollingBallTurnsTheWayItRolls() {
    var scene = Samples.ball(Motion.ROLLING_RIGHT, CameraMove.STILL);
    var top = new Vec(0, 1, 0);
    var later = Pose.at(scene.object(), 0.6).toWorld(Pose.at(scene.object(), 0.5).toObject(top));
    assertThat(later.x()).isCloseTo(StrictMath.sin(1.1 * 0.2 / 0.8), within(1e-12));
    assertThat(later.y()).isCloseTo(StrictMath.cos(1.1 * 0.2 / 0.8), within(1e-12));
  }

  @Test
  void comingCloserGrowsAndMovingAwayShrinks() {
    assertThat(area(Motion.COMING_CLOSER, 1)).isGreaterThan(2 * area(Motion.COMING_CLOSER, 0));
    assertThat(area(Motion.MOVING_AWAY, 0)).isGreaterThan(2 * area(Motion.MOVING_AWAY, 1));
  }

  @Test
  void jumpingLeavesTheGroundTwiceAndLandsAgain() {
    double onGround = row(0);
    assertThat(row(0.25)).isLessThan(onGround - 10);
    assertThat(row(0.5)).isCloseTo(onGround, within(0.1));
    assertThat(row(0.75)).isLessThan(onGround - 10);
    assertThat(row(1)).isCloseTo(onGround, within(0.1));
  }

  @Test
  void standingStillMovesNothing() {
    var scene = Samples.ball(Motion.STANDING_STILL, CameraMove.STILL);
    assertThat(SERIAL.render(scene, 1, SIZE, SIZE).rgb()).isEqualTo(SERIAL.render(scene, 0, SIZE, SIZE).rgb());
    assertThat(SERIAL.trueMotion(scene, 0, 1, SIZE, SIZE)).containsOnly(new float[] {0}, within(1e-4f));
  }

  @Test
  void panningLeftMovesTheBackgroundRight() {
    assertThat(skyFlow(CameraMove.PAN_LEFT, SIZE / 2)[0]).isGreaterThan(8);
    assertThat(skyFlow(CameraMove.PAN_RIGHT, SIZE / 2)[0]).isLessThan(-8);
  }

  @Test
  void zoomingInSpreadsThePicture() {
    assertThat(skyFlow(CameraMove.ZOOM_IN, 0)[0]).isLessThan(-3);
    assertThat(skyFlow(CameraMove.ZOOM_IN, SIZE - 1)[0]).isGreaterThan(3);
    assertThat(skyFlow(CameraMove.ZOOM_OUT, 0)[0]).isGreaterThan(3);
    assertThat(skyFlow(CameraMove.ZOOM_OUT, SIZE - 1)[0]).isLessThan(-3);
  }

  @Test
  void theTrueMotionLeadsToTheSameColour() {
    for (var camera : CameraMove.values()) {
      for (var motion : Motion.values()) {
        var attributes = new Attributes(Pattern.CHECKED, ToyColour.YELLOW, Material.RUBBER, Shape.BALL, motion,
            Place.SAND, camera);
        var scene = Scenes.of(attributes, 31);
        double followed = colourError(scene, SERIAL.trueMotion(scene, 0.4, 0.5, 128, 128));
        double ignored = colourError(scene, new float[2 * 128 * 128]);
        assertThat(followed).as("%s, shadows that move included", attributes.caption()).isLessThan(4);
        if (motion != Motion.STANDING_STILL || camera != CameraMove.STILL) {
          assertThat(followed).as(attributes.caption()).isLessThan(0.6 * ignored);
        }
      }
    }
  }

  @Test
  void whatTheObjectHidesThenHasNoMotion() {
    var scene = Samples.ball(Motion.ROLLING_RIGHT, CameraMove.STILL);
    var flow = SERIAL.trueMotion(scene, 0.3, 0.7, SIZE, SIZE);
    var before = Samples.seen(scene, 0.3, SIZE, SIZE);
    var after = Samples.seen(scene, 0.7, SIZE, SIZE);
    for (int i = 0; i < before.length; i++) {
      if (!before[i]) {
        assertThat(Float.isNaN(flow[2 * i])).isEqualTo(after[i]);
      }
    }
    assertThat(Samples.middle(after, SIZE)[2]).isGreaterThan(100);
  }

  @Test
  void theSideThatTurnsAwayHasNoMotion() {
    var scene = Samples.ball(Motion.ROLLING_RIGHT, CameraMove.STILL);
    var flow = SERIAL.trueMotion(scene, 0.2, 0.8, SIZE, SIZE);
    var before = Samples.seen(scene, 0.2, SIZE, SIZE);
    int shown = 0;
    int hidden = 0;
    for (int i = 0; i < before.length; i++) {
      shown += before[i] && !Float.isNaN(flow[2 * i]) ? 1 : 0;
      hidden += before[i] && Float.isNaN(flow[2 * i]) ? 1 : 0;
    }
    assertThat(hidden).isGreaterThan(5);
    assertThat(shown).isGreaterThan(2 * hidden);
  }

  private static double colourError(Scene scene, float[] flow) {
    int size = 128;
    var before = SERIAL.render(scene, 0.4, size, size).rgb();
    var after = SERIAL.render(scene, 0.5, size, size).rgb();
    double sum = 0;
    int count = 0;
    for (int i = 0; i < size * size; i++) {
      double column = i % size + flow[2 * i];
      double row = i / size + flow[2 * i + 1];
      if (column >= 0 && row >= 0 && column < size - 1 && row < size - 1) {
        for (int channel = 0; channel < 3; channel++) {
          sum += Math.abs(between(after, size, column, row, channel) - (before[3 * i + channel] & 255));
          count++;
        }
      }
    }
    assertThat(count).isGreaterThan(size * size);
    return sum / count;
  }

  private static double between(byte[] rgb, int size, double column, double row, int channel) {
    int x = (int) column;
    int y = (int) row;
    int at = 3 * (y * size + x) + channel;
    double upper = (rgb[at] & 255) * (1 - column + x) + (rgb[at + 3] & 255) * (column - x);
    double lower = (rgb[at + 3 * size] & 255) * (1 - column + x) + (rgb[at + 3 * size + 3] & 255) * (column - x);
    return upper * (1 - row + y) + lower * (row - y);
  }

  private static float[] skyFlow(CameraMove move, int column) {
    var flow = SERIAL.trueMotion(Samples.ball(Motion.STANDING_STILL, move), 0, 1, SIZE, SIZE);
    int at = 2 * (2 * SIZE + column);
    return new float[] {flow[at], flow[at + 1]};
  }

  private static double column(Motion motion, double moment) {
    return middle(motion, moment)[0];
  }

  private static double row(double moment) {
    return middle(Motion.JUMPING, moment)[1];
  }

  private static double area(Motion motion, double moment) {
    return middle(motion, moment)[2];
  }

  private static double[] middle(Motion motion, double moment) {
    return Samples.middle(Samples.seen(Samples.ball(motion, CameraMove.STILL), moment, SIZE, SIZE), SIZE);
  }
}
