package org.answerprint.media;

import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_make_writable;
import static org.bytedeco.ffmpeg.global.avutil.av_make_q;
import static org.bytedeco.ffmpeg.global.swscale.SWS_ACCURATE_RND;
import static org.bytedeco.ffmpeg.global.swscale.SWS_BICUBIC;
import static org.bytedeco.ffmpeg.global.swscale.SWS_FULL_CHR_H_INP;
import static org.bytedeco.ffmpeg.global.swscale.SWS_FULL_CHR_H_INT;
import static org.bytedeco.ffmpeg.global.swscale.sws_freeContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_getContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_scale;
import static org.bytedeco.ffmpeg.global.swscale.sws_setColorspaceDetails;

import java.util.Arrays;
import org.answerprint.frames.Colour;
import org.answerprint.frames.PixelFormat;
import org.answerprint.frames.RawFrame;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;

/**
 * Puts {@link RawFrame}s into native frames of one format, padded to whole chroma samples by repeating the edge. RGB and gray
 * become YUV by the target's matrix and range; YUV of another depth keeps both.
 */
final class FrameLoader implements AutoCloseable {

  private final PixelFormat format;
  private final int width;
  private final int height;
  private final Colour colour;
  private final AVFrame target;
  private AVFrame input;
  private PixelFormat inputFormat;
  private SwsContext converter;

  FrameLoader(EncoderSettings settings) {
    this(settings.pixelFormat(), settings.width(), settings.height(), settings.colour(), true);
    Signals.tag(target, settings.signal());
    target.sample_aspect_ratio(av_make_q(settings.aspectNum(), settings.aspectDen()));
  }

  FrameLoader(PixelFormat format, int width, int height, Colour colour, boolean padded) {
    this.format = format;
    this.width = width;
    this.height = height;
    this.colour = colour;
    this.target = allocate(format, padded ? padded(width, format.chromaShiftX()) : width,
        padded ? padded(height, format.chromaShiftY()) : height, colour);
  }

  /** A length that whole chroma samples cover. */
  static int padded(int length, int chromaShift) {
    return length + (length & chromaShift);
  }

  private static AVFrame allocate(PixelFormat format, int width, int height, Colour colour) {
    AVFrame frame = av_frame_alloc();
    frame.format(Layouts.number(format));
    frame.width(width);
    frame.height(height);
    Colours.tag(frame, colour);
    Native.write(av_frame_get_buffer(frame, 0), "a frame of " + width + "x" + height);
    return frame;
  }

  /** The frame in native memory; valid until the next call. */
  AVFrame load(RawFrame frame) {
    if (frame.width() != width || frame.height() != height) {
      throw new IllegalArgumentException("frames are " + width + "x" + height + " here, not " + frame.width() + "x"
          + frame.height());
    }
    Native.write(av_frame_make_writable(target), "a writable frame");
    if (frame.format() == format) {
      fill(target, frame);
    } else {
      prepare(frame.format());
      fill(input, frame);
      sws_scale(converter, input.data(), input.linesize(), 0, input.height(), target.data(), target.linesize());
    }
    return target;
  }

  private void prepare(PixelFormat from) {
    if (from == inputFormat) {
      return;
    }
    release();
    inputFormat = from;
    input = allocate(from, target.width(), target.height(), colour);
    int flags = SWS_BICUBIC | SWS_ACCURATE_RND | SWS_FULL_CHR_H_INP | SWS_FULL_CHR_H_INT;
    converter = Native.made(sws_getContext(input.width(), input.height(), input.format(), target.width(),
        target.height(), target.format(), flags, null, null, (DoublePointer) null), "a converter");
    IntPointer table = Colours.coefficients(colour);
    int range = colour.fullRange() ? 1 : 0;
    boolean fullIn = from == PixelFormat.RGB24 || from == PixelFormat.GRAY8;
    sws_setColorspaceDetails(converter, table, fullIn ? 1 : range, table, range, 0, 1 << 16, 1 << 16);
  }

  private static void fill(AVFrame into, RawFrame frame) {
    PixelFormat format = frame.format();
    for (int plane = 0; plane < format.planes(); plane++) {
      int bytes = format.rowSamples(plane, frame.width()) * format.bytesPerSample();
      int paddedBytes = format.rowSamples(plane, into.width()) * format.bytesPerSample();
      int pixelBytes = format.bytesPerSample() * (format == PixelFormat.RGB24 ? 3 : 1);
      int rows = format.rows(plane, frame.height());
      int paddedRows = format.rows(plane, into.height());
      int offset = format.planeOffset(plane, frame.width(), frame.height());
      BytePointer target = into.data(plane);
      if (into.linesize(plane) == bytes && paddedRows == rows) {
        target.put(frame.data(), offset, bytes * rows);
        continue;
      }
      for (int y = 0; y < paddedRows; y++) {
        int at = offset + Math.min(y, rows - 1) * bytes;
        target.position((long) y * into.linesize(plane)).put(frame.data(), at, bytes);
        if (paddedBytes > bytes) {
          byte[] edge = Arrays.copyOfRange(frame.data(), at + bytes - pixelBytes, at + bytes);
          target.position((long) y * into.linesize(plane) + bytes).put(edge);
        }
      }
    }
  }

  private void release() {
    if (converter != null) {
      sws_freeContext(converter);
      av_frame_free(input);
      converter = null;
    }
  }

  @Override
  public void close() {
    release();
    av_frame_free(target);
  }
}
