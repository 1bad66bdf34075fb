package org.answerprint.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import java.util.Optional;
import org.answerprint.faults.TransientFault;
import org.answerprint.frames.Colour;
import org.answerprint.frames.PixelFormat;
import org.answerprint.frames.TimeBase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FixedEncoderTest {

  @TempDir Path temp;

  @ParameterizedTest
  @CsvSource({
    "NVENC, 640, 360, 8, h264_nvenc",
    "NVENC, 160, 64, 8, h264_nvenc",
    "NVENC, 4096, 4096, 8, h264_nvenc",
    "NVENC, 158, 90, 8, libx264",
    "NVENC, 640, 62, 8, libx264",
    "NVENC, 4098, 2160, 8, libx264",
    "NVENC, 640, 360, 10, libx264",
    "X264, 640, 360, 8, libx264",
    "X264, 640, 360, 10, libx264",
  })
  void theFilmsNatureAndNotTheMachineDecides(FixedEncoder fixed, int width, int height, int bitDepth, String encoder) {
    EncoderSettings settings = settings(width, height, bitDepth, Optional.of(fixed));
    assertThat(settings.encoder()).isEqualTo(encoder);
    assertThat(settings.pixelFormat()).isEqualTo(bitDepth == 8 ? PixelFormat.YUV420P : PixelFormat.YUV420P10);
  }

  @Test
  void withoutOneItIsTheBestThatThisMachineHas() {
    assertThat(PictureEncoder.available(settings(640, 360, 8, Optional.empty()))).isTrue();
  }

  @Test
  void encodersAreNamedAsFfmpegNamesThem() {
    assertThat(FixedEncoder.named("libx264")).contains(FixedEncoder.X264);
    assertThat(FixedEncoder.named("h264_nvenc")).contains(FixedEncoder.NVENC);
    assertThat(FixedEncoder.named("NVENC")).isEmpty();
  }

  @Test
  void aMachineWithoutTheEncoderRefusesInASentenceSoThatAnotherOneMayWork() {
    EncoderSettings nvenc = settings(640, 360, 8, Optional.of(FixedEncoder.NVENC));
    assumeThat(PictureEncoder.available(nvenc)).as("this machine has NVENC").isFalse();
    assertThatThrownBy(() -> SegmentWriter.create(temp.resolve("a.segment"), nvenc)).isInstanceOf(TransientFault.class)
        .hasMessageStartingWith("this machine cannot encode with h264_nvenc");
  }

  private static EncoderSettings settings(int width, int height, int bitDepth, Optional<FixedEncoder> fixed) {
    return EncoderSettings.choose(width, height, new TimeBase(1, 12_800), 25, 1, Colour.BT709, bitDepth, fixed);
  }
}
