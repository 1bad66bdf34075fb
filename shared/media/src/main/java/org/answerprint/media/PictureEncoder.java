package org.answerprint.media;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_CAP_HARDWARE;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_BITEXACT;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_CLOSED_GOP;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_FRAME_DURATION;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_GLOBAL_HEADER;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_INTERLACED_DCT;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_INTERLACED_ME;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_packet;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_frame;
import static org.bytedeco.ffmpeg.global.avutil.AV_CPU_FLAG_AVX512;
import static org.bytedeco.ffmpeg.global.avutil.av_get_cpu_flags;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EAGAIN;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_ENCODER_NOT_FOUND;
import static org.bytedeco.ffmpeg.global.avutil.av_make_q;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.answerprint.faults.TransientFault;
import org.answerprint.frames.PixelFormat;
import org.answerprint.frames.RawFrame;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * Encodes frames with a fixed number of threads, so that the same frames give the same bytes. What
 * the layout's chroma does not cover is coded one larger with the edge repeated, and the header says what to crop.
 */
final class PictureEncoder implements AutoCloseable {

  private final EncoderSettings settings;
  private final AVCodecContext codec;
  private final FrameLoader loader;
  private final Consumer<CodedPacket> sink;
  private final AVPacket packet = av_packet_alloc();
  private long lastPts = Long.MIN_VALUE;

  PictureEncoder(EncoderSettings settings, Consumer<CodedPacket> sink) {
    this.settings = settings;
    this.sink = sink;
    this.codec = Contexts.open(settings);
    this.loader = new FrameLoader(settings);
  }

  CodedHeader header() {
    int width = settings.width();
    int height = settings.height();
    return new CodedHeader(codec.codec_id(), codec.profile(), codec.level(), codec.pix_fmt(), codec.width(),
        codec.height(), codec.width() - width, codec.height() - height, codec.has_b_frames(), settings.timeBase(),
        settings.rateNum(), settings.rateDen(), settings.aspectNum(), settings.aspectDen(), settings.colour(),
        settings.signal(),
        Native.bytes(codec.extradata(), codec.extradata_size()));
  }

  void put(RawFrame frame) {
    if (frame.pts() <= lastPts) {
      throw new IllegalArgumentException("frames come in order, but pts " + frame.pts() + " follows " + lastPts);
    }
    lastPts = frame.pts();
    AVFrame picture = loader.load(frame);
    picture.pts(frame.pts());
    picture.duration(frame.duration());
    send(picture);
  }

  void finish() {
    send(null);
  }

  private void send(AVFrame picture) {
    Native.write(avcodec_send_frame(codec, picture), "a picture could not be encoded");
    int result;
    while ((result = avcodec_receive_packet(codec, packet)) == 0) {
      sink.accept(new CodedPacket(packet.pts(), packet.duration(), (packet.flags() & AV_PKT_FLAG_KEY) != 0,
          Native.bytes(packet.data(), packet.size())));
      av_packet_unref(packet);
    }
    if (result != AVERROR_EAGAIN() && result != AVERROR_EOF()) {
      Native.write(result, "a picture could not be encoded");
    }
  }

  @Override
  public void close() {
    loader.close();
    av_packet_free(packet);
    avcodec_free_context(codec);
  }

  /** Whether this machine can encode so; costs one opening of the encoder. */
  static boolean available(EncoderSettings settings) {
    AVCodec encoder = avcodec_find_encoder_by_name(settings.encoder());
    if (Native.absent(encoder)) {
      return false;
    }
    AVCodecContext context = Contexts.prepare(encoder, settings);
    int result = Contexts.start(context, encoder, settings);
    avcodec_free_context(context);
    return result >= 0;
  }

  /** Makes and opens encoder contexts. */
  private static final class Contexts {

    static AVCodecContext open(EncoderSettings settings) {
      AVCodec encoder = avcodec_find_encoder_by_name(settings.encoder());
      if (Native.absent(encoder)) {
        throw cannot(settings, AVERROR_ENCODER_NOT_FOUND());
      }
      AVCodecContext context = prepare(encoder, settings);
      int result = start(context, encoder, settings);
      if (result < 0) {
        avcodec_free_context(context);
        if (isHardware(encoder)) {
          throw cannot(settings, result);
        }
        Native.write(result, "the encoder " + settings.encoder() + " does not take " + settings);
      }
      return context;
    }

    /** Another machine may have it, and a card that is busy may be free again. */
    private static TransientFault cannot(EncoderSettings settings, int result) {
      return new TransientFault("this machine cannot encode with " + settings.encoder() + ", which was fixed for the film ("
          + Native.error(result) + "); let a machine work that has it, or fix another encoder for films to come");
    }

    private static boolean isHardware(AVCodec encoder) {
      return (encoder.capabilities() & AV_CODEC_CAP_HARDWARE) != 0;
    }

    /** Always as many, since x264 gives other bytes with another number; two keep both cores busy when one piece is left. */
    private static final int THREADS = 2;

    static AVCodecContext prepare(AVCodec encoder, EncoderSettings settings) {
      AVCodecContext context = Native.made(avcodec_alloc_context3(encoder), "an encoder");
      PixelFormat format = settings.pixelFormat();
      context.width(FrameLoader.padded(settings.width(), format.chromaShiftX()));
      context.height(FrameLoader.padded(settings.height(), format.chromaShiftY()));
      context.pix_fmt(Layouts.number(format));
      context.time_base(Native.rational(settings.timeBase()));
      context.framerate(av_make_q(settings.rateNum(), settings.rateDen()));
      context.sample_aspect_ratio(av_make_q(settings.aspectNum(), settings.aspectDen()));
      context.gop_size(settings.gop());
      context.thread_count(THREADS);
      context.flags(context.flags() | AV_CODEC_FLAG_GLOBAL_HEADER | AV_CODEC_FLAG_FRAME_DURATION
          | AV_CODEC_FLAG_CLOSED_GOP | AV_CODEC_FLAG_BITEXACT);
      Colours.tag(context, settings.colour());
      tag(context, settings.signal());
      return context;
    }

    private static void tag(AVCodecContext context, Signal signal) {
      context.chroma_sample_location(Signals.chromaLocation(signal));
      context.field_order(Signals.fieldOrder(signal));
      if (signal.interlaced()) {
        context.flags(context.flags() | AV_CODEC_FLAG_INTERLACED_DCT | AV_CODEC_FLAG_INTERLACED_ME);
      }
    }

    static int start(AVCodecContext context, AVCodec encoder, EncoderSettings settings) {
      return Native.withOptions(repeatable(settings), options -> avcodec_open2(context, encoder, options));
    }

    /**
     * x264's AVX-512 code reads memory that nobody wrote: on such processors the same frames give other bytes from run
     * to run (one in fifty at 96x64, most at 320x180). Its AVX2 code does not, so it is told to use that.
     */
    private static Map<String, String> repeatable(EncoderSettings settings) {
      if (!settings.encoder().equals("libx264") || (av_get_cpu_flags() & AV_CPU_FLAG_AVX512) == 0) {
        return settings.options();
      }
      Map<String, String> options = new TreeMap<>(settings.options());
      options.merge("x264-params", "asm=avx2", (own, more) -> own + ":" + more);
      return options;
    }
  }
}
