package org.answerprint.toybox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ScenesTest {
  @Test
  void aSeedAlwaysGivesTheSameScene() {
    var scene = Scenes.random(42);
    assertThat(Scenes.random(42)).isEqualTo(scene);
    assertThat(Scenes.random(43)).isNotEqualTo(scene);
    assertThat(Scenes.of(scene.attributes(), 5)).isEqualTo(Scenes.of(scene.attributes(), 5));
  }

  @Test
  void theDrawsOfSeedZeroAreTheseForGood() {
    assertThat(new Draws(0).next()).isEqualTo(0xE220A8397B1DCDAFL);
    assertThat(Scenes.random(0).caption()).isEqualTo("a checked yellow rubber cone rolling left on snow");
    assertThat(Scenes.random(0).object().size()).isEqualTo(0.9314639668994701);
  }

  @Test
  void geometryComesFromTheSeedAndAttributesFromTheCaller() {
    Attributes.all().limit(100).forEach(each -> assertThat(Scenes.of(each, 9).attributes()).isEqualTo(each));
  }

  @Test
  void theObjectStaysInViewOverTheWholeClip() {
    for (var motion : Motion.values()) {
      for (var camera : CameraMove.values()) {
        for (var shape : Shape.values()) {
          for (long seed = 0; seed < 20; seed++) {
            var attributes = new Attributes(
                Pattern.PLAIN, ToyColour.RED, Material.RUBBER, shape, motion, Place.SAND, camera);
            assertThat(Framing.shareInView(Scenes.of(attributes, seed)))
                .as("%s, seed %d", attributes.caption(), seed)
                .isGreaterThanOrEqualTo(Scenes.SHARE_IN_VIEW);
          }
        }
      }
    }
  }

  @Test
  void randomScenesReachEveryWord() {
    var words = new HashSet<Object>();
    LongStream.range(0, 300).mapToObj(Scenes::random).map(Scene::attributes).forEach(each -> {
      words.add(each.pattern());
      words.add(each.colour());
      words.add(each.material());
      words.add(each.shape());
      words.add(each.motion());
      words.add(each.place());
      words.add(each.camera());
    });
    assertThat(words).hasSize(3 + 8 + 2 + 4 + 6 + 6 + 5);
  }

  @Test
  void otherAttributesKeepTheGeometry() {
    var scene = Scenes.random(3);
    var other = Scenes.random(4).attributes();
    var edited = scene.with(other);
    assertThat(edited.attributes()).isEqualTo(other);
    assertThat(edited.object().size()).isEqualTo(scene.object().size());
    assertThat(edited.with(scene.attributes())).isEqualTo(scene);
  }

  @Test
  void numbersOutsideTheirRangesAreRefusedByName() {
    assertThatThrownBy(() -> new Setting(Place.SAND, CameraMove.STILL, 9, 0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a camera's height must lie in 0.5..3.0, but was 9.0.");
    assertThatThrownBy(() -> new ToyObject(Pattern.PLAIN, ToyColour.RED, Material.METAL, Shape.CONE,
        Motion.JUMPING, Double.NaN, 0, 0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("size");
  }
}
