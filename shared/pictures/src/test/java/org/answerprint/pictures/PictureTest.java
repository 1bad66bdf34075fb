package org.answerprint.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.answerprint.frames.PixelFormat;
import org.answerprint.frames.RawFrame;
import org.junit.jupiter.api.Test;

class PictureTest {

  @Test
  void bytesComeBackAsTheyWere() {
    byte[] rgb = new byte[3 * 5 * 4];
    new Random(1).nextBytes(rgb);

    assertThat(Picture.of(rgb, 5, 4).toBytes()).isEqualTo(rgb);
  }

  @Test
  void planesAreRedGreenAndBlueFromMinusOneToOne() {
    Picture picture = Picture.of(new RawFrame(PixelFormat.RGB24, 2, 1, 7, 1, new byte[] {0, (byte) 255, 0, (byte) 255, 0, 51}));

    assertThat(picture.planes()).containsExactly(-1, 1, 1, -1, -1, -0.6f);
    assertThat(picture.toFrame(7, 1).pts()).isEqualTo(7);
  }

  @Test
  void whatOvershootsIsCutOff() {
    assertThat(new Picture(1, 1, new float[] {-3, 0.5f, 2}).toBytes()).containsExactly(0, 191, 255);
  }

  @Test
  void planesOfAnotherSizeAreRefused() {
    assertThatThrownBy(() -> new Picture(2, 2, new float[3])).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("3 values are no picture of 2x2");
    assertThatThrownBy(() -> Picture.of(new RawFrame(PixelFormat.GRAY8, 1, 1, 0, 0, new byte[1])))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
