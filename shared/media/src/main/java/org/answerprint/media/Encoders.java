package org.answerprint.media;

import java.util.List;
import java.util.Map;
import org.answerprint.faults.InternalFault;
import org.answerprint.frames.Colour;
import org.answerprint.frames.PixelFormat;
import org.answerprint.frames.TimeBase;

/** The H.264 encoders in order of preference, with the options each is used with. */
final class Encoders {

  private static final int SECONDS_PER_GROUP = 4;

  private Encoders() {
  }

  static EncoderSettings choose(
      int width, int height, TimeBase timeBase, int rateNum, int rateDen, Colour colour, int bitDepth) {
    int gop = Math.clamp(Math.round((double) SECONDS_PER_GROUP * rateNum / rateDen), 12, 480);
    long bitRate = Math.max(500_000, Math.round(0.12 * width * height * rateNum / rateDen));
    PixelFormat eight = PixelFormat.YUV420P;
    PixelFormat ten = bitDepth > 8 ? PixelFormat.YUV420P10 : eight;
    List<EncoderSettings> candidates = List.of(
        new EncoderSettings("h264_nvenc", ten, Map.of("preset", "p5", "rc", "vbr", "cq", "19", "forced-idr", "1"), gop,
            width, height, timeBase, rateNum, rateDen, colour, 1, 1),
        new EncoderSettings("libx264", ten, Map.of("preset", "veryfast", "crf", "18"), gop, width, height, timeBase,
            rateNum, rateDen, colour, 1, 1),
        new EncoderSettings("libopenh264", eight, Map.of("b", Long.toString(bitRate)), gop, width, height, timeBase,
            rateNum, rateDen, colour, 1, 1));
    return candidates.stream().filter(PictureEncoder::available).findFirst().orElseThrow(() -> new InternalFault(
        "this machine has no H.264 encoder for " + width + "x" + height
            + "; install the GPL build of FFmpeg's natives"));
  }
}
