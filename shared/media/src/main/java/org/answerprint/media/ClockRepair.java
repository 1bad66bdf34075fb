package org.answerprint.media;

import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_AUDIO;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.av_get_time_base_q;
import static org.bytedeco.ffmpeg.global.avutil.av_rescale_q;

import java.util.Arrays;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVRational;

/**
 * Makes one clock of the times of a broadcast stream that was cut together or whose clock was set: by the rules of
 * FFmpeg's command line, which the libraries leave to their callers. Where a packet's decoding time lies more than 10 s
 * from where the one before ended, or more than a tenth of a second back, everything from there on, picture and sound
 * alike, is moved so that it follows on. Has to see every packet of picture and sound in the order of the file.
 */
final class ClockRepair {

  private static final long SECOND = 1_000_000;
  private static final long MOST_AHEAD = 10 * SECOND;
  private static final long MOST_BACK = SECOND / 10;
  private static final long NONE = AV_NOPTS_VALUE;
  private static final AVRational MICROS = av_get_time_base_q();

  private final Line[] lines;
  private long offset;
  private long last = NONE;

  ClockRepair(AVFormatContext format) {
    lines = new Line[format.nb_streams()];
  }

  /** Microseconds that are added to the times of the packets that come. */
  long offset() {
    return offset;
  }

  /** Goes on at another place of the file, with the offset that was valid there. */
  void restart(long offsetThere) {
    offset = offsetThere;
    last = NONE;
    Arrays.fill(lines, null);
  }

  /** Moves a packet's times in place. Streams that appear late (a programme may announce them) are left as they are. */
  void repair(AVStream stream, AVPacket packet) {
    move(packet, offset, stream.time_base());
    int kind = stream.codecpar().codec_type();
    if ((kind != AVMEDIA_TYPE_VIDEO && kind != AVMEDIA_TYPE_AUDIO) || stream.index() >= lines.length) {
      return;
    }
    if (lines[stream.index()] == null) {
      lines[stream.index()] = new Line(stream);
    }
    Line line = lines[stream.index()];
    if (packet.dts() != NONE) {
      long jump = jump(line, micros(packet.dts(), line.timeBase));
      if (jump != 0) {
        offset -= jump;
        move(packet, -jump, stream.time_base());
      }
      last = micros(packet.dts(), line.timeBase);
    }
    line.advance(packet);
  }

  private long jump(Line line, long dts) {
    if (line.next != NONE) {
      long delta = dts - line.next;
      return Math.abs(delta) > MOST_AHEAD || dts + MOST_BACK < line.dts ? delta : 0;
    }
    return last != NONE && Math.abs(dts - last) > MOST_AHEAD ? dts - last : 0;
  }

  private static void move(AVPacket packet, long micros, AVRational timeBase) {
    if (micros == 0) {
      return;
    }
    long ticks = av_rescale_q(micros, MICROS, timeBase);
    if (packet.pts() != NONE) {
      packet.pts(packet.pts() + ticks);
    }
    if (packet.dts() != NONE) {
      packet.dts(packet.dts() + ticks);
    }
  }

  private static long micros(long ticks, AVRational timeBase) {
    return av_rescale_q(ticks, timeBase, MICROS);
  }

  /** Where one stream's packets are expected to go on, in microseconds. */
  private static final class Line {
    private final AVRational timeBase;
    private final long usual;
    private long dts = NONE;
    private long next = NONE;

    Line(AVStream stream) {
      timeBase = stream.time_base();
      AVCodecParameters parameters = stream.codecpar();
      AVRational rate = stream.avg_frame_rate().num() > 0 ? stream.avg_frame_rate() : stream.r_frame_rate();
      usual = parameters.codec_type() == AVMEDIA_TYPE_AUDIO
          ? SECOND * parameters.frame_size() / Math.max(1, parameters.sample_rate())
          : rate.num() > 0 ? SECOND * rate.den() / rate.num() : 0;
    }

    void advance(AVPacket packet) {
      if (packet.dts() != NONE) {
        dts = micros(packet.dts(), timeBase);
      } else if (dts == NONE && packet.pts() != NONE) {
        dts = micros(packet.pts(), timeBase);
      } else if (dts == NONE) {
        return;
      } else {
        dts = next;
      }
      next = dts + (packet.duration() > 0 ? micros(packet.duration(), timeBase) : usual);
    }
  }
}
