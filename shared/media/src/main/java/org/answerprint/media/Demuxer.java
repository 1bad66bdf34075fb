package org.answerprint.media;

import static org.bytedeco.ffmpeg.global.avformat.AVSEEK_FLAG_BACKWARD;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_seek_frame;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_find_stream_info;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_seek_file;
import static org.bytedeco.ffmpeg.global.avcodec.AVDISCARD_ALL;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;

import java.util.Map;
import org.answerprint.faults.RequestFault;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.javacpp.PointerPointer;

/** An opened container over a {@link ByteSource}: whitelisted formats, no protocol, bounded. Leaves the source open. */
final class Demuxer implements AutoCloseable {

  private static final String CONTAINERS = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,mpegts,mpeg,avi,gif,flv,asf,mxf";
  private static final String IMAGES = ",png_pipe,jpeg_pipe,webp_pipe";
  private static final long PROBE_BYTES = 20L << 20;

  final AVFormatContext format;
  private final NativeBytes bytes;

  private Demuxer(AVFormatContext format, NativeBytes bytes) {
    this.format = format;
    this.bytes = bytes;
  }

  static Demuxer open(ByteSource source, Limits limits) {
    checkSize(source, limits);
    NativeBytes bytes = new NativeBytes(source, limits.maxWallSeconds());
    AVFormatContext format = Native.made(avformat_alloc_context(), "a container");
    bytes.attach(format);
    format.probesize(PROBE_BYTES);
    int result = Native.withOptions(
        Map.of("protocol_whitelist", "none", "format_whitelist", limits.images() ? CONTAINERS + IMAGES : CONTAINERS),
        options -> avformat_open_input(format, "", null, options));
    if (result < 0) {
      return refuse(source, bytes, result);
    }
    Demuxer demuxer = new Demuxer(format, bytes);
    try {
      demuxer.findStreams(limits);
      return demuxer;
    } catch (RuntimeException | Error e) {
      demuxer.close();
      throw e;
    }
  }

  private static void checkSize(ByteSource source, Limits limits) {
    if (source.size() == 0) {
      throw new RequestFault("the file is empty; upload it again");
    }
    if (source.size() > limits.maxBytes()) {
      throw new RequestFault("the file has " + source.size() + " bytes and at most " + limits.maxBytes()
          + " are accepted; upload a shorter or smaller one");
    }
  }

  private static Demuxer refuse(ByteSource source, NativeBytes bytes, int result) {
    try {
      bytes.check();
    } finally {
      bytes.close();
    }
    throw new RequestFault("the file is not a supported video: " + Sniff.describe(source) + " (" + Native.error(result)
        + "); upload MP4, MOV, MKV, WebM, MPEG-TS or AVI");
  }

  private void findStreams(Limits limits) {
    int result = avformat_find_stream_info(format, (PointerPointer<?>) null);
    bytes.check();
    Native.read(result, "the file's streams are unreadable; encode it again");
    if (format.nb_streams() > limits.maxStreams()) {
      throw new RequestFault("the file has " + format.nb_streams() + " streams and at most " + limits.maxStreams()
          + " are accepted; keep one video and one sound track");
    }
  }

  AVStream stream(int index) {
    return format.streams(index);
  }

  /** Drops the packets of all other streams early. */
  void select(int index) {
    for (int i = 0; i < format.nb_streams(); i++) {
      if (i != index) {
        format.streams(i).discard(AVDISCARD_ALL);
      }
    }
  }

  /** The next packet of a stream: 0, AVERROR_EOF, or another error. Faults of the source are thrown. */
  int read(int index, AVPacket packet) {
    int result;
    while ((result = av_read_frame(format, packet)) >= 0 && packet.stream_index() != index) {
      av_packet_unref(packet);
      bytes.check();
    }
    bytes.check();
    return result;
  }

  /** Stands at a key frame at or before a pts, where the container's index tells. */
  void seek(int index, long pts) {
    if (avformat_seek_file(format, index, Long.MIN_VALUE, pts, pts, 0) < 0) {
      av_seek_frame(format, index, Long.MIN_VALUE / 2, AVSEEK_FLAG_BACKWARD);
    }
    bytes.check();
  }

  void restartClock() {
    bytes.restartClock();
  }

  static boolean ended(int result) {
    return result == AVERROR_EOF();
  }

  @Override
  public void close() {
    avformat_close_input(format);
    bytes.close();
  }
}
