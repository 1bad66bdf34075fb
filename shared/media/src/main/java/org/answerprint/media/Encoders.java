package org.answerprint.media;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.answerprint.faults.InternalFault;
import org.answerprint.frames.PixelFormat;

/** The H.264 encoders in order of preference, with the options each is used with. */
final class Encoders {

  private static final int SECONDS_PER_GROUP = 4;

  /** What every card with NVENC takes in H.264, in pixels. */
  private static final int NVENC_LEAST_WIDTH = 160;
  private static final int NVENC_LEAST_HEIGHT = 64;
  private static final int NVENC_MOST = 4096;

  private Encoders() {
  }

  /**
   * Completes what is wished: encoder, options and group; the layout and the fields are the encoder's if need be.
   *
   * @param fixed not to look at what this machine has, as other machines will encode
   */
  static EncoderSettings choose(EncoderSettings wished, Optional<FixedEncoder> fixed) {
    double rate = (double) wished.rateNum() / wished.rateDen();
    int gop = Math.clamp(Math.round(SECONDS_PER_GROUP * rate), 12, 480);
    long bitRate = Math.max(500_000, Math.round(0.12 * wished.width() * wished.height() * rate));
    EncoderSettings x264 = with(wished, "libx264", wished.pixelFormat(), gop, x264(wished.signal().hdr()));
    EncoderSettings nvenc = with(wished, "h264_nvenc", usual(wished.pixelFormat()), gop,
        Map.of("preset", "p5", "rc", "vbr", "cq", "19", "forced-idr", "1"));
    EncoderSettings openh264 = with(wished, "libopenh264", PixelFormat.YUV420P, gop,
        Map.of("b", Long.toString(bitRate)));
    boolean hardwareKeepsAll = nvenc.pixelFormat() == wished.pixelFormat() && !wished.signal().interlaced();
    if (fixed.isPresent()) {
      return fixed.get() == FixedEncoder.NVENC && hardwareKeepsAll && hardwareTakes(wished) ? nvenc : x264;
    }
    return (hardwareKeepsAll ? Stream.of(nvenc, x264, openh264) : Stream.of(x264, nvenc, openh264))
        .filter(PictureEncoder::available).findFirst().orElseThrow(() -> new InternalFault(
            "this machine has no H.264 encoder for " + wished.width() + "x" + wished.height()
                + "; install the GPL build of FFmpeg's natives"));
  }

  /** NVENC's H.264 has eight bits, and bounds of its own. */
  private static boolean hardwareTakes(EncoderSettings wished) {
    return wished.pixelFormat().bitDepth() == 8 && wished.width() >= NVENC_LEAST_WIDTH && wished.height() >= NVENC_LEAST_HEIGHT
        && wished.width() <= NVENC_MOST && wished.height() <= NVENC_MOST;
  }

  private static Map<String, String> x264(HdrMetadata hdr) {
    Map<String, String> options = new TreeMap<>(Map.of("preset", "veryfast", "crf", "18"));
    List<String> own = new ArrayList<>();
    if (hdr.says(0, HdrMetadata.FRACTIONS)) {
      int color = 50_000;
      int light = 10_000;
      own.add(String.format(Locale.ROOT, "mastering-display=G(%d,%d)B(%d,%d)R(%d,%d)WP(%d,%d)L(%d,%d)",
          hdr.in(color, 2), hdr.in(color, 3), hdr.in(color, 4), hdr.in(color, 5), hdr.in(color, 0), hdr.in(color, 1),
          hdr.in(color, 6), hdr.in(color, 7), hdr.in(light, 9), hdr.in(light, 8)));
    }
    if (hdr.hasLight()) {
      own.add("cll=" + hdr.maxContentLight() + "," + hdr.maxAverageLight());
    }
    if (!own.isEmpty()) {
      options.put("x264-params", String.join(":", own));
    }
    return options;
  }

  private static PixelFormat usual(PixelFormat format) {
    return format.bitDepth() > 8 ? PixelFormat.YUV420P10 : PixelFormat.YUV420P;
  }

  /** Only x264 codes interlaced pictures. */
  private static EncoderSettings with(
      EncoderSettings wished, String encoder, PixelFormat format, int gop, Map<String, String> options) {
    Signal signal = encoder.equals("libx264") ? wished.signal() : wished.signal().with(FieldOrder.PROGRESSIVE);
    return new EncoderSettings(encoder, format, options, gop, wished.width(), wished.height(), wished.timeBase(),
        wished.rateNum(), wished.rateDen(), wished.colour(), wished.aspectNum(), wished.aspectDen(), signal);
  }
}
