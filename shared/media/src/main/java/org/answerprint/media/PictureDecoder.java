package org.answerprint.media;

import static org.bytedeco.ffmpeg.global.avcodec.AVDISCARD_DEFAULT;
import static org.bytedeco.ffmpeg.global.avcodec.AVDISCARD_NONREF;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_DATA_FRAME_CROPPING;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_flush_buffers;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_get_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_to_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EAGAIN;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AV_FRAME_CROP_UNALIGNED;
import static org.bytedeco.ffmpeg.avutil.AVFrame.AV_FRAME_FLAG_CORRUPT;
import static org.bytedeco.ffmpeg.avutil.AVFrame.AV_FRAME_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_apply_cropping;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_unref;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.answerprint.faults.RequestFault;
import org.answerprint.frames.TimeBase;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * Pulls decoded pictures of one stream out of a demuxer, each with a pts that is greater than the one before. A pts
 * that the container does not have is counted on from the one before.
 */
final class PictureDecoder implements AutoCloseable {

  private static final int MOST_SECONDS_BACK = 10;
  /** A film has at most so many times its own size of packets; some are compressed once more in the container. */
  private static final int MOST_REPETITIONS = 8;
  private static final long SMALL = 1 << 20;

  final AVFrame frame = av_frame_alloc();
  private final AVPacket packet = av_packet_alloc();
  private final AVCodecContext codec;
  private final AVStream stream;
  private final Demuxer demuxer;
  private final long frameTicks;
  private final long start;
  private final TimeBase timeBase;
  private final int[] crop;
  private final boolean untimed;
  private final boolean declaresEnd;
  private boolean drained;
  private boolean fromStart = true;
  private long pts = Long.MIN_VALUE;
  private long duration;
  private long errors;
  private int refused;
  private long fed;
  private long corrupt;
  private long repaired;

  PictureDecoder(Demuxer demuxer, int index, long maxPixels) {
    this.demuxer = demuxer;
    this.stream = demuxer.stream(index);
    this.timeBase = Native.timeBase(stream.time_base());
    this.start = stream.start_time() == AV_NOPTS_VALUE ? 0 : stream.start_time();
    this.frameTicks = averageTicks(stream);
    this.crop = crop(stream.codecpar());
    this.codec = open(stream, maxPixels);
    this.declaresEnd = demuxer.format.iformat().name().getString().startsWith("mov");
    this.untimed = demuxer.format.iformat().name().getString().equals("avi") && codec.has_b_frames() > 0;
  }

  private static AVCodecContext open(AVStream stream, long maxPixels) {
    AVCodecParameters parameters = stream.codecpar();
    AVCodec decoder = avcodec_find_decoder(parameters.codec_id());
    if (Native.absent(decoder)) {
      String name = avcodec_get_name(parameters.codec_id()).getString();
      throw new RequestFault("the picture stream's codec" + (name.equals("none") ? "" : " " + name)
          + " is not supported; upload H.264, HEVC, VP9 or AV1");
    }
    AVCodecContext codec = Native.made(avcodec_alloc_context3(decoder), "a decoder");
    avcodec_parameters_to_context(codec, parameters);
    codec.pkt_timebase(stream.time_base());
    codec.thread_count(1);
    codec.max_pixels(maxPixels);
    int result = avcodec_open2(codec, decoder, (AVDictionary) null);
    if (result < 0) {
      avcodec_free_context(codec);
      Native.read(result, "the picture stream cannot be decoded; encode it again");
    }
    return codec;
  }

  private static long averageTicks(AVStream stream) {
    int num = stream.avg_frame_rate().num();
    double perFrame = num == 0 ? 0.04 : (double) stream.avg_frame_rate().den() / num;
    return Math.max(1, Math.round(perFrame * stream.time_base().den() / stream.time_base().num()));
  }

  private static int[] crop(AVCodecParameters parameters) {
    byte[] data = Native.sideData(parameters, AV_PKT_DATA_FRAME_CROPPING);
    int[] edges = new int[4];
    if (data.length >= 16) {
      ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(edges);
    }
    return edges;
  }

  /**
   * Whether pictures are wanted so small that nobody sees the edges of coded blocks. Those that no other picture refers to
   * are then left unsmoothed, which saves a twelfth of the work; the others stay exact, so that nothing adds up.
   */
  void roughly(boolean rough) {
    codec.skip_loop_filter(rough ? AVDISCARD_NONREF : AVDISCARD_DEFAULT);
  }

  /** Decodes the next picture into {@link #frame}; false behind the last one. */
  boolean next() {
    for (;;) {
      av_frame_unref(frame);
      int result = avcodec_receive_frame(codec, frame);
      if (result == 0) {
        if (timed()) {
          applyCrop();
          return true;
        }
      } else if (result == AVERROR_EOF() || drained && result != AVERROR_EAGAIN()) {
        return false;
      } else {
        if (result != AVERROR_EAGAIN()) {
          failed();
        }
        feed();
      }
    }
  }

  /** Pictures whose size a decoder refuses; one may be damage, two are the film. */
  private void failed() {
    errors++;
    boolean tooLarge = codec.width() == 0 || (long) codec.width() * codec.height() > codec.max_pixels();
    refused += tooLarge && pts != Long.MIN_VALUE ? 1 : 0;
    if (refused > 1) {
      throw new RequestFault("the video's pictures grow beyond " + codec.max_pixels() + " pixels in the middle, at "
          + Math.round(timeBase.seconds(pts - start)) + " s; scale it down");
    }
  }

  /** An edit list of a few bytes can show the same pictures a million times. */
  private void checkRepetition(int bytes) {
    fed += bytes;
    if (fed > MOST_REPETITIONS * demuxer.size + SMALL) {
      throw new RequestFault("the video's edit list shows the same pictures again and again, until "
          + Math.round(timeBase.seconds(pts - start)) + " s and on; encode it again");
    }
  }

  private void feed() {
    int result = demuxer.read(stream.index(), packet);
    if (result >= 0) {
      checkRepetition(packet.size());
      if (avcodec_send_packet(codec, packet) < 0) {
        failed();
      }
      av_packet_unref(packet);
      return;
    }
    errors += Demuxer.ended(result) ? 0 : 1;
    drained = true;
    avcodec_send_packet(codec, (AVPacket) null);
  }

  /** Gives the picture its pts; false where it has none after a seek, so that it cannot be placed. */
  private boolean timed() {
    corrupt += (frame.flags() & AV_FRAME_FLAG_CORRUPT) != 0 || frame.decode_error_flags() != 0 ? 1 : 0;
    boolean first = pts == Long.MIN_VALUE;
    long found = untimed && !first ? AV_NOPTS_VALUE : frame.best_effort_timestamp();
    if ((found == AV_NOPTS_VALUE || untimed) && first && !fromStart) {
      return false;
    }
    long time = found != AV_NOPTS_VALUE ? found : first ? start : pts + duration;
    if (!first && time <= pts) {
      checkClock(time);
      time = pts + 1;
      repaired++;
    } else if (found == AV_NOPTS_VALUE && !untimed) {
      repaired++;
    }
    pts = time;
    duration = frame.duration() > 0 && !untimed ? frame.duration() : frameTicks;
    return true;
  }

  private void checkClock(long time) {
    double seconds = timeBase.seconds(pts - time);
    if (seconds > MOST_SECONDS_BACK) {
      throw new RequestFault("the video's clock jumps back by " + Math.round(seconds) + " s at "
          + Math.round(timeBase.seconds(pts - start)) + " s; remux it to one continuous clock");
    }
  }

  private void applyCrop() {
    if ((crop[0] | crop[1] | crop[2] | crop[3]) != 0) {
      frame.crop_top(crop[0]);
      frame.crop_bottom(crop[1]);
      frame.crop_left(crop[2]);
      frame.crop_right(crop[3]);
      av_frame_apply_cropping(frame, AV_FRAME_CROP_UNALIGNED);
    }
  }

  /** Forgets everything before a seek. */
  void flush() {
    avcodec_flush_buffers(codec);
    drained = false;
    fed = 0;
    fromStart = false;
    pts = Long.MIN_VALUE;
  }

  /** Whether frames carry no times of their own, so that only reading from the start places them. */
  boolean untimed() {
    return untimed;
  }

  long pts() {
    return pts;
  }

  /** Until the stream's end, where the container declares one and it is near; else the picture's own. */
  long lastDuration() {
    long left = declaresEnd && stream.duration() > 0 ? start + stream.duration() - pts : 0;
    return left > 0 && left <= 10 * frameTicks ? left : duration;
  }

  boolean key() {
    return (frame.flags() & AV_FRAME_FLAG_KEY) != 0;
  }

  long start() {
    return start;
  }

  /** FFmpeg's number of the order that the container or the codec's header states. */
  int fieldOrder() {
    return codec.field_order();
  }

  DecodeHealth health() {
    return new DecodeHealth(errors, corrupt, repaired);
  }

  @Override
  public void close() {
    avcodec_free_context(codec);
    av_packet_free(packet);
    av_frame_free(frame);
  }
}
