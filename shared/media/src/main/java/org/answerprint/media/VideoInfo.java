package org.answerprint.media;

import java.util.Objects;
import org.answerprint.frames.Colour;
import org.answerprint.frames.PixelFormat;
import org.answerprint.frames.TimeBase;

/**
 * The picture stream of a film.
 *
 * @param stream index within the container
 * @param codec FFmpeg's codec name
 * @param codedWidth of the decoded picture, before rotation
 * @param codedHeight of the decoded picture, before rotation
 * @param width of the upright picture, in pixels; frames are delivered at this size
 * @param height of the upright picture, in pixels
 * @param aspectNum upright sample aspect ratio, numerator (1 where unknown)
 * @param aspectDen upright sample aspect ratio, denominator
 * @param rotation clockwise quarter turns in degrees that were applied to make it upright: 0, 90, 180, 270
 * @param mirrored whether it was mirrored left to right after that turn
 * @param timeBase of every pts
 * @param startPts pts of the first picture
 * @param rateNum average frame rate, numerator; 0 where unknown
 * @param rateDen average frame rate, denominator, at least 1
 * @param frameCount as the container declares it, 0 where it does not
 * @param bitDepth of the deepest component
 * @param pixelFormat FFmpeg's name of the decoded format
 * @param colour of the YUV frames that are delivered
 * @param hdr whether the stream carries HDR metadata or an HDR transfer
 * @param layout the upright layout that keeps this stream's chroma and depth, and in which its size can be encoded
 * @param signal what it is tagged with besides
 */
public record VideoInfo(
    int stream,
    String codec,
    int codedWidth,
    int codedHeight,
    int width,
    int height,
    int aspectNum,
    int aspectDen,
    int rotation,
    boolean mirrored,
    TimeBase timeBase,
    long startPts,
    int rateNum,
    int rateDen,
    long frameCount,
    int bitDepth,
    String pixelFormat,
    Colour colour,
    boolean hdr,
    PixelFormat layout,
    Signal signal) {

  public VideoInfo {
    Objects.requireNonNull(codec, "codec");
    Objects.requireNonNull(timeBase, "timeBase");
    Objects.requireNonNull(pixelFormat, "pixelFormat");
    Objects.requireNonNull(colour, "colour");
    Objects.requireNonNull(layout, "layout");
    Objects.requireNonNull(signal, "signal");
  }

  /** Whether pictures are woven of two fields, as the first picture or the container says. */
  public boolean interlaced() {
    return signal.interlaced();
  }

  /** Ticks that one frame takes at the average rate, at least 1. */
  public long frameTicks() {
    return rateNum == 0
        ? Math.max(1, timeBase.den() / (25L * timeBase.num()))
        : Math.max(1, Math.round((double) rateDen * timeBase.den() / ((double) rateNum * timeBase.num())));
  }
}
