package org.answerprint.media;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.answerprint.frames.Colour;
import org.answerprint.frames.PixelFormat;
import org.answerprint.frames.TimeBase;

/**
 * Everything that decides an encoder's bytes besides the frames. One per job: segments join only where all of it is
 * equal.
 *
 * @param encoder FFmpeg's encoder name
 * @param pixelFormat of the encoded frames
 * @param options the encoder's own, for example crf and preset
 * @param gop most frames between key frames
 * @param width in pixels
 * @param height in pixels
 * @param timeBase of every pts
 * @param rateNum frame rate for the encoder's rate control, numerator
 * @param rateDen frame rate, denominator
 * @param colour every output is tagged with it
 * @param aspectNum sample aspect ratio, numerator
 * @param aspectDen sample aspect ratio, denominator
 * @param signal what every output is tagged with besides; interlaced pictures are coded as such
 */
public record EncoderSettings(
    String encoder,
    PixelFormat pixelFormat,
    Map<String, String> options,
    int gop,
    int width,
    int height,
    TimeBase timeBase,
    int rateNum,
    int rateDen,
    Colour colour,
    int aspectNum,
    int aspectDen,
    Signal signal) {

  public EncoderSettings {
    Objects.requireNonNull(encoder, "encoder");
    Objects.requireNonNull(pixelFormat, "pixelFormat");
    Objects.requireNonNull(timeBase, "timeBase");
    Objects.requireNonNull(colour, "colour");
    Objects.requireNonNull(signal, "signal");
    options = Collections.unmodifiableMap(new TreeMap<>(options));
    if (gop < 1 || width < 1 || height < 1 || rateNum < 1 || rateDen < 1 || aspectNum < 1 || aspectDen < 1) {
      throw new IllegalArgumentException("sizes, rates and the group length are positive");
    }
  }

  /** The best encoder this machine has for a film, keeping its size, layout, colour, aspect, tags and time base. */
  public static EncoderSettings choose(VideoInfo video) {
    return choose(video, Optional.empty());
  }

  /** The same with an encoder that was fixed for all machines, whether this one has it or not. */
  public static EncoderSettings choose(VideoInfo video, Optional<FixedEncoder> fixed) {
    boolean usual = video.rateNum() > 0 && video.rateNum() <= 240L * video.rateDen();
    return Encoders.choose(new EncoderSettings("", video.layout(), Map.of(), 1, video.width(), video.height(),
        video.timeBase(), usual ? video.rateNum() : 30, usual ? video.rateDen() : 1, video.colour(), video.aspectNum(),
        video.aspectDen(), video.signal()), fixed);
  }

  /** The best encoder this machine has for whole square-pixel pictures of a given kind, in 4:2:0 where it can be. */
  public static EncoderSettings choose(
      int width, int height, TimeBase timeBase, int rateNum, int rateDen, Colour colour, int bitDepth) {
    return choose(width, height, timeBase, rateNum, rateDen, colour, bitDepth, Optional.empty());
  }

  /** The same with an encoder that was fixed for all machines, whether this one has it or not. */
  public static EncoderSettings choose(
      int width, int height, TimeBase timeBase, int rateNum, int rateDen, Colour colour, int bitDepth, Optional<FixedEncoder> fixed) {
    PixelFormat layout = Layouts.fitting(bitDepth > 8 ? PixelFormat.YUV420P10 : PixelFormat.YUV420P, width, height,
        FieldOrder.PROGRESSIVE);
    return Encoders.choose(new EncoderSettings("", layout, Map.of(), 1, width, height, timeBase, rateNum, rateDen,
        colour, 1, 1, Signal.PLAIN), fixed);
  }

  /** The same settings for pixels of another shape. */
  public EncoderSettings withAspect(int num, int den) {
    return new EncoderSettings(encoder, pixelFormat, options, gop, width, height, timeBase, rateNum, rateDen, colour,
        num, den, signal);
  }

  /** The same settings counting in other ticks. */
  public EncoderSettings withTimeBase(TimeBase base) {
    return new EncoderSettings(encoder, pixelFormat, options, gop, width, height, base, rateNum, rateDen, colour,
        aspectNum, aspectDen, signal);
  }
}
