package org.answerprint.media;

import static org.bytedeco.ffmpeg.global.avcodec.AVDISCARD_ALL;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avformat.AVFMT_TS_DISCONT;
import static org.bytedeco.ffmpeg.global.avformat.AVSEEK_FLAG_BACKWARD;
import static org.bytedeco.ffmpeg.global.avformat.AVSEEK_FLAG_BYTE;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_seek_frame;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_find_stream_info;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_seek_file;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_AUDIO;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.answerprint.faults.Fault;
import org.answerprint.faults.InternalFault;
import org.answerprint.faults.RequestFault;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.javacpp.PointerPointer;

/** An opened container over a {@link ByteSource}: whitelisted formats, no protocol, bounded. Leaves the source open. */
final class Demuxer implements AutoCloseable {

  private static final String CONTAINERS = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,mpegts,mpeg,avi,gif,flv,asf,mxf";
  private static final String IMAGES = ",png_pipe,jpeg_pipe,webp_pipe";
  private static final String OWN_CONTAINER = "mp4";
  private static final long PROBE_BYTES = 20L << 20;
  private static final int UNHURRIED_SECONDS = Integer.MAX_VALUE;
  /** FFmpeg's own: it looks at the first 7 s of a broadcast stream. */
  private static final long USUAL_LOOK = 0;
  private static final long LONG_LOOK = TimeUnit.SECONDS.toMicros(60);

  final AVFormatContext format;
  final long size;
  private final NativeBytes bytes;
  private Optional<ClockRepair> clock = Optional.empty();

  /**
   * A key frame's place in a file without an index.
   *
   * @param position in bytes
   * @param offset that the clock had there
   */
  record Place(long position, long offset) {
  }

  private Demuxer(AVFormatContext format, NativeBytes bytes, long size) {
    this.format = format;
    this.bytes = bytes;
    this.size = size;
  }

  /** Opens an upload, and looks at its streams closely enough to say what they are: decoders see their first packets. */
  static Demuxer open(ByteSource source, Limits limits) {
    checkSize(source, limits);
    Demuxer usual = open(source, limits, USUAL_LOOK);
    if (!usual.missesSound()) {
      return usual;
    }
    usual.close();
    return open(source, limits, LONG_LOOK);
  }

  private static Demuxer open(ByteSource source, Limits limits, long lookMicros) {
    Demuxer demuxer = open(source, limits.maxWallSeconds(), limits.images() ? CONTAINERS + IMAGES : CONTAINERS,
        result -> unsupported(source, result));
    demuxer.format.max_analyze_duration(lookMicros);
    try {
      demuxer.findStreams(limits);
      return demuxer;
    } catch (RuntimeException | Error e) {
      demuxer.close();
      throw e;
    }
  }

  /**
   * Opens an MP4 that we have just written. No limit of uploads holds, and its index is believed: a closer look would set decoders on sound
   * that is an upload's, in a process that has keys.
   *
   * @throws InternalFault where it cannot be opened
   */
  static Demuxer openOwn(ByteSource source) {
    return open(source, UNHURRIED_SECONDS, OWN_CONTAINER,
        result -> new InternalFault("the film that was just written cannot be read back: " + Native.error(result)));
  }

  private static Demuxer open(ByteSource source, int seconds, String containers, IntFunction<Fault> refusal) {
    NativeBytes bytes = new NativeBytes(source, seconds);
    AVFormatContext format = Native.made(avformat_alloc_context(), "a container");
    bytes.attach(format);
    format.probesize(PROBE_BYTES);
    int result = Native.withOptions(Map.of("protocol_whitelist", "none", "format_whitelist", containers),
        options -> avformat_open_input(format, "", null, options));
    if (result < 0) {
      try {
        bytes.check();
      } finally {
        bytes.close();
      }
      throw refusal.apply(result);
    }
    return new Demuxer(format, bytes, source.size());
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

  private static RequestFault unsupported(ByteSource source, int result) {
    return new RequestFault("the file is not a supported video: " + Sniff.describe(source) + " (" + Native.error(result)
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
    clock = linear() ? Optional.of(new ClockRepair(format)) : Optional.empty();
  }

  /**
   * Whether the container is one of broadcast streams: their clocks may jump, so that what comes before decides the
   * time of what follows, and no time can be sought.
   */
  boolean linear() {
    return (format.iformat().flags() & AVFMT_TS_DISCONT) != 0;
  }

  /** Whether there is a sound track of which nothing came so far: it may begin later than was looked at. */
  private boolean missesSound() {
    return linear() && IntStream.range(0, format.nb_streams()).mapToObj(i -> stream(i).codecpar())
        .anyMatch(parameters -> parameters.codec_type() == AVMEDIA_TYPE_AUDIO && !isKnownSound(parameters));
  }

  /** Whether enough of a sound track was seen to say what it is. */
  static boolean isKnownSound(AVCodecParameters sound) {
    return sound.sample_rate() > 0 && sound.ch_layout().nb_channels() > 0;
  }

  AVStream stream(int index) {
    return format.streams(index);
  }

  /** Drops the packets of all other streams early, but for those that tell the time. */
  void select(int index) {
    for (int i = 0; i < format.nb_streams(); i++) {
      int kind = format.streams(i).codecpar().codec_type();
      boolean tellsTime = clock.isPresent() && (kind == AVMEDIA_TYPE_VIDEO || kind == AVMEDIA_TYPE_AUDIO);
      if (i != index && !tellsTime) {
        format.streams(i).discard(AVDISCARD_ALL);
      }
    }
  }

  /** The next packet of a stream: 0, AVERROR_EOF, or another error. Faults of the source are thrown. */
  int read(int index, AVPacket packet) {
    for (;;) {
      int result = av_read_frame(format, packet);
      bytes.check();
      if (result >= 0) {
        clock.ifPresent(repair -> repair.repair(stream(packet.stream_index()), packet));
      }
      if (result < 0 || packet.stream_index() == index) {
        return result;
      }
      av_packet_unref(packet);
    }
  }

  /** Reads on without decoding up to a time, and says where the last key frame before it lies, if one was passed. */
  Optional<Place> skim(int index, long until) {
    Optional<Place> found = Optional.empty();
    AVPacket packet = av_packet_alloc();
    try {
      for (boolean before = true; before && read(index, packet) >= 0; ) {
        restartClock();
        boolean key = (packet.flags() & AV_PKT_FLAG_KEY) != 0;
        if (key && packet.pos() >= 0 && packet.pts() != AV_NOPTS_VALUE && packet.pts() <= until) {
          found = Optional.of(new Place(packet.pos(), clock.map(ClockRepair::offset).orElse(0L)));
        }
        before = packet.dts() == AV_NOPTS_VALUE || packet.dts() <= until;
        av_packet_unref(packet);
      }
      return found;
    } finally {
      av_packet_free(packet);
    }
  }

  /** Stands at a place. */
  void seek(int index, Place place) {
    av_seek_frame(format, index, place.position(), AVSEEK_FLAG_BYTE);
    clock.ifPresent(repair -> repair.restart(place.offset()));
    bytes.check();
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
