package org.answerprint.media;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_to_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EAGAIN;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_AUDIO;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_FLT;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_default;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_uninit;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_unref;
import static org.bytedeco.ffmpeg.global.swresample.swr_alloc_set_opts2;
import static org.bytedeco.ffmpeg.global.swresample.swr_convert;
import static org.bytedeco.ffmpeg.global.swresample.swr_free;
import static org.bytedeco.ffmpeg.global.swresample.swr_get_out_samples;
import static org.bytedeco.ffmpeg.global.swresample.swr_init;

import java.util.Optional;
import org.answerprint.faults.RequestFault;
import org.answerprint.frames.TimeBase;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVChannelLayout;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swresample.SwrContext;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * Decodes one sound track through a demuxer of its own, resampled. Stretches follow each other without a seam until
 * the track's own times jump by more than 20 ms.
 */
final class SoundDecoder implements PcmReader {

  private final Demuxer demuxer;
  private final int stream;
  private final TimeBase timeBase;
  private final int sampleRate;
  private final int channels;
  private final AVPacket packet = av_packet_alloc();
  private final AVFrame frame = av_frame_alloc();
  private final AVCodecContext codec;
  private SwrContext resampler;
  private int sourceRate;
  private int sourceFormat;
  private int sourceChannels;
  private boolean drained;
  private boolean waiting;
  private boolean ended;
  /** Output position of the first sample since the resampler was made, and samples in and out since. */
  private long origin;
  private long samplesIn;
  private long samplesOut;

  private SoundDecoder(Demuxer demuxer, int stream, int sampleRate, int channels) {
    this.demuxer = demuxer;
    this.stream = stream;
    this.sampleRate = sampleRate;
    this.channels = channels;
    this.timeBase = Native.timeBase(demuxer.stream(stream).time_base());
    this.codec = open(demuxer.stream(stream));
  }

  static SoundDecoder open(ByteSource source, Limits limits, int stream, int sampleRate, int channels) {
    Demuxer demuxer = Demuxer.open(source, limits);
    try {
      if (stream < 0 || stream >= demuxer.format.nb_streams()
          || demuxer.stream(stream).codecpar().codec_type() != AVMEDIA_TYPE_AUDIO) {
        throw new RequestFault("stream " + stream + " of the file holds no sound; name one of its sound tracks");
      }
      demuxer.select(stream);
      return new SoundDecoder(demuxer, stream, sampleRate, channels);
    } catch (RuntimeException | Error e) {
      demuxer.close();
      throw e;
    }
  }

  /** Whether there is a decoder for a track, and takes it. */
  static boolean decodes(AVStream track) {
    try {
      avcodec_free_context(open(track));
      return true;
    } catch (RequestFault e) {
      return false;
    }
  }

  private static AVCodecContext open(AVStream track) {
    AVCodec decoder = avcodec_find_decoder(track.codecpar().codec_id());
    if (Native.absent(decoder)) {
      throw new RequestFault("the sound track's codec is not supported; encode it as AAC");
    }
    AVCodecContext codec = Native.made(avcodec_alloc_context3(decoder), "a sound decoder");
    avcodec_parameters_to_context(codec, track.codecpar());
    codec.pkt_timebase(track.time_base());
    codec.thread_count(1);
    int result = avcodec_open2(codec, decoder, (AVDictionary) null);
    if (result < 0) {
      avcodec_free_context(codec);
      Native.read(result, "the sound track cannot be decoded; encode it as AAC");
    }
    return codec;
  }

  @Override
  public Optional<PcmChunk> next() {
    demuxer.restartClock();
    while (!ended) {
      if (!waiting && !(waiting = decode())) {
        ended = true;
        return flush();
      }
      if (resampler != null && changes()) {
        Optional<PcmChunk> rest = flush();
        if (rest.isPresent()) {
          return rest;
        }
      }
      PcmChunk chunk = resample();
      if (chunk.samples().length > 0) {
        return Optional.of(chunk);
      }
    }
    return Optional.empty();
  }

  private boolean decode() {
    for (;;) {
      av_frame_unref(frame);
      int result = avcodec_receive_frame(codec, frame);
      if (result == 0) {
        return true;
      }
      if (result == AVERROR_EOF() || drained && result != AVERROR_EAGAIN()) {
        return false;
      }
      if (demuxer.read(stream, packet) >= 0) {
        avcodec_send_packet(codec, packet);
        av_packet_unref(packet);
      } else {
        drained = true;
        avcodec_send_packet(codec, (AVPacket) null);
      }
    }
  }

  private boolean changes() {
    return frame.sample_rate() != sourceRate || frame.format() != sourceFormat
        || frame.ch_layout().nb_channels() != sourceChannels
        || Math.abs(position() - expected()) > sampleRate / 50;
  }

  private long expected() {
    return origin + Math.round((double) samplesIn * sampleRate / sourceRate);
  }

  private long position() {
    long pts = frame.best_effort_timestamp();
    if (pts == AV_NOPTS_VALUE) {
      return resampler == null ? 0 : expected();
    }
    return Math.round((double) pts * timeBase.num() * sampleRate / timeBase.den());
  }

  private PcmChunk resample() {
    if (resampler == null) {
      start();
    }
    int count = frame.nb_samples();
    PcmChunk chunk = convert(frame.extended_data(), count);
    samplesIn += count;
    waiting = false;
    return chunk;
  }

  private void start() {
    origin = position();
    samplesIn = 0;
    samplesOut = 0;
    sourceRate = frame.sample_rate();
    sourceFormat = frame.format();
    sourceChannels = frame.ch_layout().nb_channels();
    resampler = new SwrContext(null);
    try (AVChannelLayout wanted = new AVChannelLayout()) {
      av_channel_layout_default(wanted, channels);
      Native.read(swr_alloc_set_opts2(resampler, wanted, AV_SAMPLE_FMT_FLT, sampleRate, frame.ch_layout(), sourceFormat,
          sourceRate, 0, null), "the sound track cannot be resampled");
      av_channel_layout_uninit(wanted);
    }
    Native.read(swr_init(resampler), "the sound track cannot be resampled");
  }

  private PcmChunk convert(PointerPointer<?> input, int count) {
    int room = Math.max(1, swr_get_out_samples(resampler, count));
    try (FloatPointer output = new FloatPointer((long) room * channels);
        PointerPointer<?> planes = new PointerPointer<>(1)) {
      planes.put(0, output);
      int made = Math.max(0, swr_convert(resampler, planes, room, input, count));
      float[] samples = new float[made * channels];
      output.get(samples);
      PcmChunk chunk = new PcmChunk(origin + samplesOut, samples);
      samplesOut += made;
      return chunk;
    }
  }

  private Optional<PcmChunk> flush() {
    if (resampler == null) {
      return Optional.empty();
    }
    PcmChunk rest = convert(null, 0);
    swr_free(resampler);
    resampler = null;
    return rest.samples().length == 0 ? Optional.empty() : Optional.of(rest);
  }

  @Override
  public void close() {
    if (resampler != null) {
      swr_free(resampler);
    }
    avcodec_free_context(codec);
    av_packet_free(packet);
    av_frame_free(frame);
    demuxer.close();
  }
}
