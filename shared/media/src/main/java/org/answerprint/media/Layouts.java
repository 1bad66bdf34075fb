package org.answerprint.media;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_RGB;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_NONE;
import static org.bytedeco.ffmpeg.global.avutil.av_get_pix_fmt;
import static org.bytedeco.ffmpeg.global.avutil.av_pix_fmt_desc_get;

import org.answerprint.faults.InternalFault;
import org.answerprint.frames.PixelFormat;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;

/** Which of our pixel layouts keeps what a source has, and FFmpeg's numbers of them. */
final class Layouts {

  private Layouts() {
  }

  static int number(PixelFormat format) {
    int number = av_get_pix_fmt(format.ffmpegName());
    if (number == AV_PIX_FMT_NONE) {
      throw new InternalFault("FFmpeg has no pixel format " + format.ffmpegName());
    }
    return number;
  }

  /** The number of the format whose chroma is halved where this one's rows are and the other way round. */
  static int numberOfTransposed(PixelFormat format) {
    return format.chromaShiftX() == format.chromaShiftY() ? number(format)
        : av_get_pix_fmt(format.bitDepth() > 8 ? "yuv440p10le" : "yuv440p");
  }

  /**
   * The layout that loses least of a decoded format: no chroma sample is dropped where x264 has a profile for it, and
   * beyond 8 bits there are 10. RGB becomes 4:4:4.
   *
   * @param swapsSides whether the picture is turned by a quarter
   */
  static PixelFormat keeping(int ffmpegFormat, boolean swapsSides) {
    AVPixFmtDescriptor format = av_pix_fmt_desc_get(ffmpegFormat);
    boolean deep = depth(ffmpegFormat) > 8;
    boolean rgb = (format.flags() & AV_PIX_FMT_FLAG_RGB) != 0;
    boolean gray = !rgb && format.nb_components() < 3;
    int coarseX = swapsSides ? format.log2_chroma_h() : format.log2_chroma_w();
    int coarseY = swapsSides ? format.log2_chroma_w() : format.log2_chroma_h();
    if (gray || !rgb && coarseX > 0 && coarseY > 0) {
      return deep ? PixelFormat.YUV420P10 : PixelFormat.YUV420P;
    }
    if (!rgb && coarseX > 0) {
      return deep ? PixelFormat.YUV422P10 : PixelFormat.YUV422P;
    }
    return deep ? PixelFormat.YUV444P10 : PixelFormat.YUV444P;
  }

  /**
   * The layout of at least that chroma in which H.264 can state the size exactly: it crops by whole chroma samples.
   *
   * @param fields {@link FieldOrder#PROGRESSIVE} where the height is odd
   */
  static PixelFormat fitting(PixelFormat wanted, int width, int height, FieldOrder fields) {
    int unitX = 1 << wanted.chromaShiftX();
    int unitY = unit(wanted, fields);
    if (width % unitX == 0 && height % unitY == 0) {
      return wanted;
    }
    boolean deep = wanted.bitDepth() > 8;
    return wanted.chromaShiftY() == 1 && width % 2 == 0 && fields != FieldOrder.PROGRESSIVE
        ? deep ? PixelFormat.YUV422P10 : PixelFormat.YUV422P : deep ? PixelFormat.YUV444P10 : PixelFormat.YUV444P;
  }

  /** Rows that a picture's height is a multiple of: interlaced coding counts in pairs of rows. */
  static int unit(PixelFormat format, FieldOrder fields) {
    return 1 << format.chromaShiftY() + (fields == FieldOrder.PROGRESSIVE ? 0 : 1);
  }

  static int depth(int ffmpegFormat) {
    AVPixFmtDescriptor descriptor = av_pix_fmt_desc_get(ffmpegFormat);
    int depth = 8;
    for (int i = 0; i < descriptor.nb_components(); i++) {
      depth = Math.max(depth, descriptor.comp(i).depth());
    }
    return depth;
  }
}
