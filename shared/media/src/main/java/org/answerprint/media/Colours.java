package org.answerprint.media;

import static org.bytedeco.ffmpeg.global.avutil.AVCOL_PRI_UNSPECIFIED;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_JPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_MPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_BT709;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_RGB;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_SMPTE170M;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_UNSPECIFIED;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_TRC_UNSPECIFIED;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_RGB;
import static org.bytedeco.ffmpeg.global.avutil.av_color_primaries_from_name;
import static org.bytedeco.ffmpeg.global.avutil.av_color_primaries_name;
import static org.bytedeco.ffmpeg.global.avutil.av_color_space_from_name;
import static org.bytedeco.ffmpeg.global.avutil.av_color_space_name;
import static org.bytedeco.ffmpeg.global.avutil.av_color_transfer_from_name;
import static org.bytedeco.ffmpeg.global.avutil.av_color_transfer_name;
import static org.bytedeco.ffmpeg.global.avutil.av_get_pix_fmt_name;
import static org.bytedeco.ffmpeg.global.avutil.av_pix_fmt_desc_get;
import static org.bytedeco.ffmpeg.global.swscale.sws_getCoefficients;

import org.answerprint.frames.Colour;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.IntPointer;

/** Between FFmpeg's colour numbers and {@link Colour}. */
final class Colours {

  private Colours() {
  }

  /** What a frame is tagged with; untagged is BT.709 from 720 lines or 1280 columns up, else BT.601. */
  static Colour of(AVFrame frame) {
    boolean rgb = (av_pix_fmt_desc_get(frame.format()).flags() & AV_PIX_FMT_FLAG_RGB) != 0;
    int matrix = frame.colorspace();
    if (rgb || matrix == AVCOL_SPC_UNSPECIFIED || matrix == AVCOL_SPC_RGB
        || Native.absent(av_color_space_name(matrix))) {
      matrix = frame.width() >= 1280 || frame.height() >= 720 ? AVCOL_SPC_BT709 : AVCOL_SPC_SMPTE170M;
    }
    String format = Native.text(av_get_pix_fmt_name(frame.format()), "");
    boolean full = !rgb && (frame.color_range() == AVCOL_RANGE_JPEG || format.startsWith("yuvj"));
    return new Colour(
        Native.text(av_color_space_name(matrix), "bt709"),
        Native.text(av_color_primaries_name(frame.color_primaries()), "unknown"),
        Native.text(av_color_transfer_name(frame.color_trc()), "unknown"),
        full);
  }

  static int matrix(Colour colour) {
    return known(av_color_space_from_name(colour.matrix()), AVCOL_SPC_UNSPECIFIED);
  }

  static int primaries(Colour colour) {
    return known(av_color_primaries_from_name(colour.primaries()), AVCOL_PRI_UNSPECIFIED);
  }

  static int transfer(Colour colour) {
    return known(av_color_transfer_from_name(colour.transfer()), AVCOL_TRC_UNSPECIFIED);
  }

  static int range(Colour colour) {
    return colour.fullRange() ? AVCOL_RANGE_JPEG : AVCOL_RANGE_MPEG;
  }

  private static int known(int number, int otherwise) {
    return number < 0 ? otherwise : number;
  }

  /** The conversion table of the matrix; the numbers of both enumerations agree. */
  static IntPointer coefficients(Colour colour) {
    return sws_getCoefficients(matrix(colour));
  }

  static void tag(AVFrame frame, Colour colour) {
    frame.colorspace(matrix(colour));
    frame.color_primaries(primaries(colour));
    frame.color_trc(transfer(colour));
    frame.color_range(range(colour));
  }

  static void tag(AVCodecContext codec, Colour colour) {
    codec.colorspace(matrix(colour));
    codec.color_primaries(primaries(colour));
    codec.color_trc(transfer(colour));
    codec.color_range(range(colour));
  }
}
