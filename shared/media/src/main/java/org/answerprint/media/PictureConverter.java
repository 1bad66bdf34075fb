package org.answerprint.media;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_GBRP;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV422P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV440P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV444P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ420P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ422P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ440P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ444P;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_unref;
import static org.bytedeco.ffmpeg.global.avutil.av_image_copy_plane;
import static org.bytedeco.ffmpeg.global.swscale.SWS_ACCURATE_RND;
import static org.bytedeco.ffmpeg.global.swscale.SWS_AREA;
import static org.bytedeco.ffmpeg.global.swscale.SWS_BICUBIC;
import static org.bytedeco.ffmpeg.global.swscale.SWS_FULL_CHR_H_INP;
import static org.bytedeco.ffmpeg.global.swscale.SWS_FULL_CHR_H_INT;
import static org.bytedeco.ffmpeg.global.swscale.sws_freeContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_getContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_scale;
import static org.bytedeco.ffmpeg.global.swscale.sws_setColorspaceDetails;

import java.lang.foreign.MemorySegment;
import org.answerprint.faults.RequestFault;
import org.answerprint.frames.Colour;
import org.answerprint.frames.PixelFormat;
import org.answerprint.frames.RawFrame;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;

/**
 * Turns decoded frames into upright {@link RawFrame}s of one format and size: scaling and colour in one swscale pass
 * (area when shrinking), then the quarter turn while copying out. RGB goes through planar form, which swscale converts
 * accurately at a quarter of the cost.
 */
final class PictureConverter implements AutoCloseable {

  private final PixelFormat format;
  private final int width;
  private final int height;
  private final Orientation orientation;
  private final Colour colour;
  private final AVFrame scaled = av_frame_alloc();
  private SwsContext scaler;
  private int sourceWidth;
  private int sourceHeight;
  private int sourceFormat = -1;

  PictureConverter(PixelFormat format, int width, int height, Orientation orientation, Colour colour) {
    this.format = format;
    this.width = width;
    this.height = height;
    this.orientation = orientation;
    this.colour = colour;
  }

  boolean makes(PixelFormat wantedFormat, int wantedWidth, int wantedHeight) {
    return format == wantedFormat && width == wantedWidth && height == wantedHeight;
  }

  RawFrame convert(AVFrame frame, long pts, long duration) {
    byte[] data = new byte[format.frameBytes(width, height)];
    AVFrame picture = asIs(frame) ? frame : scale(frame);
    if (format == PixelFormat.RGB24) {
      interleave(picture, data);
    } else {
      for (int plane = 0; plane < format.planes(); plane++) {
        copyPlane(picture, plane, data);
      }
    }
    return new RawFrame(format, width, height, pts, duration, data);
  }

  /** The same bytes into native memory that holds a picture; upright planes take one copy, and none through the heap. */
  void convert(AVFrame frame, MemorySegment into) {
    if (format == PixelFormat.RGB24 || !orientation.equals(Orientation.UPRIGHT)) {
      byte[] data = convert(frame, 0, 0).data();
      MemorySegment.copy(MemorySegment.ofArray(data), 0, into, 0, data.length);
      return;
    }
    AVFrame picture = asIs(frame) ? frame : scale(frame);
    for (int plane = 0; plane < format.planes(); plane++) {
      int rowBytes = format.rowSamples(plane, width) * format.bytesPerSample();
      int rows = format.rows(plane, height);
      BytePointer target = Native.at(into.asSlice(format.planeOffset(plane, width, height), (long) rowBytes * rows));
      av_image_copy_plane(target, rowBytes, picture.data(plane), picture.linesize(plane), rowBytes, rows);
    }
  }

  private int codedWidth() {
    return orientation.uprightWidth(width, height);
  }

  private int codedHeight() {
    return orientation.uprightHeight(width, height);
  }

  private boolean asIs(AVFrame frame) {
    return planar(frame.format()) == planarFormat() && format.yuv() && frame.width() == codedWidth()
        && frame.height() == codedHeight();
  }

  /** FFmpeg's names for full-range formats mean the same planes. */
  private static int planar(int number) {
    return switch (number) {
      case AV_PIX_FMT_YUVJ420P -> AV_PIX_FMT_YUV420P;
      case AV_PIX_FMT_YUVJ422P -> AV_PIX_FMT_YUV422P;
      case AV_PIX_FMT_YUVJ440P -> AV_PIX_FMT_YUV440P;
      case AV_PIX_FMT_YUVJ444P -> AV_PIX_FMT_YUV444P;
      default -> number;
    };
  }

  private AVFrame scale(AVFrame frame) {
    if (frame.width() != sourceWidth || frame.height() != sourceHeight || frame.format() != sourceFormat) {
      prepare(frame);
    }
    sws_scale(scaler, frame.data(), frame.linesize(), 0, frame.height(), scaled.data(), scaled.linesize());
    return scaled;
  }

  private void prepare(AVFrame frame) {
    release();
    sourceWidth = frame.width();
    sourceHeight = frame.height();
    sourceFormat = frame.format();
    scaled.format(planarFormat());
    scaled.width(codedWidth());
    scaled.height(codedHeight());
    Native.write(av_frame_get_buffer(scaled, 0), "a picture of " + width + "x" + height);
    boolean shrinks = codedWidth() < sourceWidth || codedHeight() < sourceHeight;
    int flags = (shrinks ? SWS_AREA : SWS_BICUBIC) | SWS_ACCURATE_RND | SWS_FULL_CHR_H_INT | SWS_FULL_CHR_H_INP;
    scaler = sws_getContext(sourceWidth, sourceHeight, sourceFormat, codedWidth(), codedHeight(), scaled.format(),
        flags,
        null, null, (DoublePointer) null);
    if (Native.absent(scaler)) {
      throw new RequestFault("pictures of " + sourceWidth + "x" + sourceHeight + " in FFmpeg's pixel format "
          + sourceFormat + " cannot be converted; encode the video as yuv420p");
    }
    IntPointer table = Colours.coefficients(colour);
    int range = colour.fullRange() ? 1 : 0;
    boolean fullOut = format == PixelFormat.RGB24 || format == PixelFormat.GRAY8;
    sws_setColorspaceDetails(scaler, table, range, table, fullOut ? 1 : range, 0, 1 << 16, 1 << 16);
  }

  private int planarFormat() {
    return format == PixelFormat.RGB24 ? AV_PIX_FMT_GBRP
        : orientation.swapsSides() ? Layouts.numberOfTransposed(format) : Layouts.number(format);
  }

  private void copyPlane(AVFrame picture, int plane, byte[] data) {
    int bytes = format.bytesPerSample();
    int rowSamples = orientation.uprightWidth(format.rowSamples(plane, width), format.rows(plane, height));
    int rows = orientation.uprightHeight(format.rowSamples(plane, width), format.rows(plane, height));
    int offset = format.planeOffset(plane, width, height);
    BytePointer source = picture.data(plane);
    long stride = picture.linesize(plane);
    if (orientation.equals(Orientation.UPRIGHT) && stride == (long) rowSamples * bytes) {
      source.get(data, offset, rows * rowSamples * bytes);
      return;
    }
    if (orientation.equals(Orientation.UPRIGHT)) {
      for (int y = 0; y < rows; y++) {
        source.position(y * stride).get(data, offset + y * rowSamples * bytes, rowSamples * bytes);
      }
      return;
    }
    byte[] row = new byte[rowSamples * bytes];
    int stepX = orientation.stepX(rowSamples, rows) * bytes;
    for (int y = 0; y < rows; y++) {
      source.position(y * stride).get(row);
      int at = offset + (orientation.origin(rowSamples, rows) + y * orientation.stepY(rowSamples, rows)) * bytes;
      for (int x = 0; x < row.length; x += bytes, at += stepX) {
        data[at] = row[x];
        if (bytes == 2) {
          data[at + 1] = row[x + 1];
        }
      }
    }
  }

  private void interleave(AVFrame picture, byte[] data) {
    int columns = codedWidth();
    int rows = codedHeight();
    byte[] green = new byte[columns];
    byte[] blue = new byte[columns];
    byte[] red = new byte[columns];
    BytePointer[] planes = {picture.data(0), picture.data(1), picture.data(2)};
    int stepX = orientation.stepX(columns, rows) * 3;
    for (int y = 0; y < rows; y++) {
      planes[0].position((long) y * picture.linesize(0)).get(green);
      planes[1].position((long) y * picture.linesize(1)).get(blue);
      planes[2].position((long) y * picture.linesize(2)).get(red);
      int at = (orientation.origin(columns, rows) + y * orientation.stepY(columns, rows)) * 3;
      for (int x = 0; x < columns; x++, at += stepX) {
        data[at] = red[x];
        data[at + 1] = green[x];
        data[at + 2] = blue[x];
      }
    }
  }

  private void release() {
    if (scaler != null) {
      sws_freeContext(scaler);
      scaler = null;
    }
    av_frame_unref(scaled);
  }

  @Override
  public void close() {
    release();
    av_frame_free(scaled);
  }
}
