package org.answerprint.pictures;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class GuidedUpscaleTest {

  private static final int WIDTH = 320;
  private static final int HEIGHT = 180;

  @Test
  void anEditIsCloserToItsTrueOutcomeThanByLanczosForEveryKind() {
    for (ToyEdits.Edit edit : ToyEdits.of(7_000_000, 8, WIDTH, HEIGHT).edits()) {
      Picture small = edit.truth().resized(112, 64);
      double plain = ToyEdits.psnr(small.resized(WIDTH, HEIGHT), edit.truth());
      double guided = ToyEdits.psnr(GuidedUpscale.USUAL.apply(small, edit.source()), edit.truth());

      assertThat(guided).as(edit.kind()).isGreaterThan(plain + 2);
    }
  }

  @Test
  void aPictureThatWasNotEditedComesBackAsTheSource() {
    Picture source = ToyEdits.of(7_000_001, 1, WIDTH, HEIGHT).edits().getFirst().source();

    assertThat(ToyEdits.psnr(GuidedUpscale.USUAL.apply(source.resized(112, 64), source), source)).isGreaterThan(50);
  }

  @Test
  void whatTheSourceDoesNotShowComesFromTheEdit() {
    Picture grey = new Picture(WIDTH, HEIGHT, new float[3 * WIDTH * HEIGHT]);
    Picture small = noise(28, 16).resized(112, 64);
    Picture large = GuidedUpscale.USUAL.apply(small, grey);

    assertThat(ToyEdits.psnr(large.resized(112, 64), small)).isGreaterThan(35);
    assertThat(ToyEdits.psnr(large, small.resized(WIDTH, HEIGHT))).isGreaterThan(35);
  }

  private static Picture noise(int width, int height) {
    Random random = new Random(3);
    float[] planes = new float[3 * width * height];
    for (int i = 0; i < planes.length; i++) {
      planes[i] = random.nextFloat(-1, 1);
    }
    return new Picture(width, height, planes);
  }
}
