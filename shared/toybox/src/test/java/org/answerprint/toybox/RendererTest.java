package org.answerprint.toybox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class RendererTest {
  private static final Renderer SERIAL = Renderer.serial();

  @Test
  void theSameSceneGivesTheseBitsOnEveryMachine() {
    assertThat(digest(SERIAL.render(Scenes.random(1), 3, 8, 64, 64))).isEqualTo(2708961898L);
    assertThat(digest(SERIAL.render(Scenes.random(2), 0, 8, 112, 64))).isEqualTo(3811374135L);
    assertThat(digest(SERIAL.render(Scenes.random(6), 0.25, 31, 47))).isEqualTo(2562372586L);
  }

  @Test
  void manyThreadsGiveTheBitsOfOne() {
    for (long seed = 0; seed < 20; seed++) {
      var scene = Scenes.random(seed);
      var serial = SERIAL.render(scene, 0.3, 83, 71);
      var parallel = Renderer.parallel().render(scene, 0.3, 83, 71);
      assertThat(parallel.rgb()).isEqualTo(serial.rgb());
      assertThat(parallel.depth()).isEqualTo(serial.depth());
      assertThat(Renderer.parallel().trueMotion(scene, 0, 1, 40, 30))
          .isEqualTo(SERIAL.trueMotion(scene, 0, 1, 40, 30));
    }
  }

  @Test
  void drawingOverAnEarlierFrameLeavesNothingOfIt() {
    var target = SERIAL.render(Scenes.random(8), 0, 48, 48);
    SERIAL.renderInto(Scenes.random(9), 0.5, target);
    assertThat(digest(target)).isEqualTo(digest(SERIAL.render(Scenes.random(9), 0.5, 48, 48)));
  }

  @Test
  void everyWordOfTheCaptionChangesThePicture() {
    for (long seed = 0; seed < 10; seed++) {
      var scene = Scenes.of(Scenes.random(seed).attributes(), seed);
      var pictures = variants(scene.attributes())
          .map(each -> SERIAL.render(scene.with(each), 0.2, 64, 64).rgb())
          .toList();
      for (var one : pictures) {
        for (var other : pictures) {
          if (one != other) {
            assertThat(Samples.difference(one, other)).isGreaterThan(0.05);
          }
        }
      }
    }
  }

  @Test
  void rubberAndMetalLookDifferentAtSixteenPixels() {
    for (var shape : Shape.values()) {
      var scene = Scenes.of(new Attributes(Pattern.PLAIN, ToyColour.ORANGE, Material.RUBBER, shape,
          Motion.STANDING_STILL, Place.SAND, CameraMove.STILL), 5);
      var metal = new Attributes(Pattern.PLAIN, ToyColour.ORANGE, Material.METAL, shape,
          Motion.STANDING_STILL, Place.SAND, CameraMove.STILL);
      var seen = Samples.seen(scene, 0.5, 16, 16);
      double share = Samples.middle(seen, 16)[2] / seen.length;
      double difference = Samples.difference(
          SERIAL.render(scene, 0.5, 16, 16).rgb(), SERIAL.render(scene.with(metal), 0.5, 16, 16).rgb());
      assertThat(difference / share).as(shape.words()).isGreaterThan(20);
    }
  }

  @Test
  void aWidePictureShowsTheSquareOneInItsMiddle() {
    var square = SERIAL.render(Scenes.random(12), 0.7, 64, 64);
    var wide = SERIAL.render(Scenes.random(12), 0.7, 112, 64);
    for (int row = 0; row < 64; row++) {
      int from = 3 * (row * 112 + 24);
      assertThat(Arrays.copyOfRange(wide.rgb(), from, from + 3 * 64))
          .isEqualTo(Arrays.copyOfRange(square.rgb(), 3 * 64 * row, 3 * 64 * (row + 1)));
    }
  }

  @Test
  void framesAreMomentsWhateverTheLengthOfTheClip() {
    var scene = Scenes.random(20);
    assertThat(digest(SERIAL.render(scene, 2, 5, 32, 32))).isEqualTo(digest(SERIAL.render(scene, 0.5, 32, 32)));
    assertThat(digest(SERIAL.render(scene, 0, 1, 32, 32))).isEqualTo(digest(SERIAL.render(scene, 0.5, 32, 32)));
    assertThat(Renderer.moment(7, 8)).isEqualTo(1);
  }

  @Test
  void edgesAreSmooth() {
    var scene = Samples.ball(Motion.STANDING_STILL, CameraMove.STILL);
    var small = SERIAL.render(scene, 0.5, 64, 64).rgb();
    var exact = shrunk(SERIAL.render(scene, 0.5, 512, 512).rgb(), 512, 8);
    int worst = 0;
    for (int i = 0; i < small.length; i++) {
      worst = Math.max(worst, Math.abs((small[i] & 255) - (exact[i] & 255)));
    }
    assertThat(Samples.difference(small, exact)).isLessThan(1);
    assertThat(worst).as("a hard edge would be off by up to the whole step of 150 levels").isLessThan(70);
  }

  @Test
  void shadowsDarkenTheGround() {
    var scene = Samples.ball(Motion.STANDING_STILL, CameraMove.STILL);
    var picture = SERIAL.render(scene, 0.5, 64, 64);
    var elsewhere = SERIAL.render(moved(scene, -3.9, 7.9), 0.5, 64, 64);
    var seen = Samples.seen(scene, 0.5, 64, 64);
    long darker = 0;
    for (int i = 64 * 34; i < seen.length; i++) {
      double ratio = (picture.rgb()[3 * i + 1] & 255) / (double) (elsewhere.rgb()[3 * i + 1] & 255);
      darker += !seen[i] && ratio < 0.5 ? 1 : 0;
    }
    assertThat(darker).isGreaterThan(30);
  }

  @Test
  void theObjectIsNearerThanTheGroundBehindItAndTheSkyIsInfinitelyFar() {
    for (long seed = 0; seed < 30; seed++) {
      var scene = Scenes.random(seed);
      var depth = SERIAL.render(scene, 0.4, 64, 64).depth();
      var empty = Samples.withoutObject(scene, 0.4, 64, 64);
      int nearer = 0;
      for (int i = 0; i < depth.length; i++) {
        assertThat(depth[i]).isLessThanOrEqualTo(empty[i]);
        nearer += depth[i] < empty[i] ? 1 : 0;
      }
      assertThat(nearer).isGreaterThan(40);
      assertThat(depth[0]).isEqualTo(Float.POSITIVE_INFINITY);
      assertThat(depth[64 * 64 - 1]).isBetween(1f, 4f);
    }
  }

  @Test
  void theObjectsPixelsAreThoseWhoseDepthItChanges() {
    for (long seed = 0; seed < 20; seed++) {
      var scene = Scenes.random(seed);
      assertThat(SERIAL.objectMask(scene, 0.3, 50, 32)).isEqualTo(Samples.seen(scene, 0.3, 50, 32));
      assertThat(Renderer.parallel().objectMask(scene, 0.3, 50, 32)).isEqualTo(Samples.seen(scene, 0.3, 50, 32));
    }
  }

  @Test
  void depthIsTheTrueDistance() {
    var scene = new Scene(
        new ToyObject(Pattern.PLAIN, ToyColour.RED, Material.METAL, Shape.BALL, Motion.STANDING_STILL, 1, 0, 0, 0),
        new Setting(Place.SNOW, CameraMove.STILL, 1, 0, 0));
    var camera = Camera.at(scene.setting(), 0.5);
    int row = (int) Math.round(500.5 * (1 - camera.up(new Vec(0, 0, 3.8))));
    assertThat(SERIAL.render(scene, 0.5, 1001, 1001).depth()[row * 1001 + 500]).isCloseTo(2.8f, within(0.001f));
  }

  @Test
  void anImpossibleFrameIsRefused() {
    var scene = Scenes.random(0);
    assertThatThrownBy(() -> SERIAL.render(scene, 1.1, 8, 8)).hasMessageStartingWith("a moment must lie in 0.0..1.0");
    assertThatThrownBy(() -> SERIAL.render(scene, 8, 8, 8, 8)).hasMessageContaining("but was 8");
    assertThatThrownBy(() -> SERIAL.render(scene, 0.5, 0, 8)).hasMessageContaining("width");
    assertThatThrownBy(() -> SERIAL.render(scene, 0.5, 8, 100_000)).hasMessageContaining("height");
  }

  private static Scene moved(Scene scene, double x, double z) {
    var object = scene.object();
    return new Scene(new ToyObject(object.pattern(), object.colour(), object.material(), object.shape(),
        object.motion(), 0.1, x, z, object.yawDegrees()), scene.setting());
  }

  /** The attributes themselves and, for each of the seven words, one other. */
  private static Stream<Attributes> variants(Attributes a) {
    return List.of(a,
        new Attributes(next(a.pattern(), Pattern.values()),
            a.colour(), a.material(), a.shape(), a.motion(), a.place(), a.camera()),
        new Attributes(a.pattern(), next(a.colour(), ToyColour.values()),
            a.material(), a.shape(), a.motion(), a.place(), a.camera()),
        new Attributes(a.pattern(), a.colour(), next(a.material(), Material.values()),
            a.shape(), a.motion(), a.place(), a.camera()),
        new Attributes(a.pattern(), a.colour(), a.material(), next(a.shape(), Shape.values()),
            a.motion(), a.place(), a.camera()),
        new Attributes(a.pattern(), a.colour(), a.material(), a.shape(),
            next(a.motion(), Motion.values()), a.place(), a.camera()),
        new Attributes(a.pattern(), a.colour(), a.material(), a.shape(), a.motion(),
            next(a.place(), Place.values()), a.camera()),
        new Attributes(a.pattern(), a.colour(), a.material(), a.shape(), a.motion(), a.place(),
            next(a.camera(), CameraMove.values()))).stream();
  }

  private static <E extends Enum<E>> E next(E value, E[] values) {
    return values[(value.ordinal() + 1) % values.length];
  }

  private static byte[] shrunk(byte[] rgb, int size, int factor) {
    int small = size / factor;
    var result = new byte[3 * small * small];
    for (int i = 0; i < result.length; i++) {
      int row = i / 3 / small * factor;
      int column = i / 3 % small * factor;
      int sum = 0;
      for (int y = 0; y < factor; y++) {
        for (int x = 0; x < factor; x++) {
          sum += rgb[3 * ((row + y) * size + column + x) + i % 3] & 255;
        }
      }
      result[i] = (byte) (sum / (factor * factor));
    }
    return result;
  }

  private static long digest(Rendering rendering) {
    var crc = new CRC32();
    crc.update(rendering.rgb());
    var depth = ByteBuffer.allocate(4 * rendering.depth().length);
    depth.asFloatBuffer().put(rendering.depth());
    crc.update(depth.array());
    return crc.getValue();
  }
}
