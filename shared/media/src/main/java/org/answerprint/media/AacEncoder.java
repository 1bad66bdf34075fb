package org.answerprint.media;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_BITEXACT;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_GLOBAL_HEADER;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_AAC;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_packet;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_frame;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_FLTP;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_copy;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_default;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_describe;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_unref;
import static org.bytedeco.ffmpeg.global.avutil.av_make_q;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.answerprint.frames.TimeBase;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.FloatPointer;

/** Encodes interleaved samples to AAC packets; packet times are in samples and start with the encoder's priming. */
final class AacEncoder implements AutoCloseable {

  private static final List<Integer> RATES =
      List.of(96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000);
  private static final int BITS_PER_CHANNEL = 96_000;

  private final int channels;
  private final AVCodecContext codec;
  private final AVFrame frame = av_frame_alloc();
  private final AVPacket packet = av_packet_alloc();
  private final Consumer<AudioPacket> sink;
  private final float[] block;
  private int filled;
  private long position;

  AacEncoder(int sampleRate, int channels, long firstSample, Consumer<AudioPacket> sink) {
    this.channels = channels;
    this.sink = sink;
    this.position = firstSample;
    AVCodec encoder = Native.made(avcodec_find_encoder(AV_CODEC_ID_AAC), "an AAC encoder");
    codec = avcodec_alloc_context3(encoder);
    codec.sample_fmt(AV_SAMPLE_FMT_FLTP);
    codec.sample_rate(sampleRate);
    av_channel_layout_default(codec.ch_layout(), channels);
    codec.bit_rate((long) BITS_PER_CHANNEL * channels);
    codec.time_base(av_make_q(1, sampleRate));
    codec.thread_count(1);
    codec.flags(codec.flags() | AV_CODEC_FLAG_GLOBAL_HEADER | AV_CODEC_FLAG_BITEXACT);
    Native.write(avcodec_open2(codec, encoder, (AVDictionary) null),
        "AAC cannot encode " + channels + " channels at " + sampleRate + " Hz");
    block = new float[codec.frame_size() * channels];
  }

  /** The rate itself where AAC has it, else 48 kHz. */
  static int rateFor(int sampleRate) {
    return RATES.contains(sampleRate) ? sampleRate : 48_000;
  }

  /** The channel count itself up to 5.1, else stereo. */
  static int channelsFor(int channels) {
    return channels <= 6 ? channels : 2;
  }

  AudioFormat format() {
    byte[] layout = new byte[64];
    av_channel_layout_describe(codec.ch_layout(), layout, layout.length);
    return new AudioFormat("aac", codec.sample_rate(), channels, new String(layout, StandardCharsets.US_ASCII).trim(),
        codec.frame_size(), 0, codec.initial_padding(), 0, 0, codec.bit_rate(), new TimeBase(1, codec.sample_rate()),
        Native.bytes(codec.extradata(), codec.extradata_size()));
  }

  void put(float[] interleaved, int from, int to) {
    for (int at = from; at < to; ) {
      int count = Math.min(block.length - filled, to - at);
      System.arraycopy(interleaved, at, block, filled, count);
      filled += count;
      at += count;
      if (filled == block.length) {
        encode();
      }
    }
  }

  void finish() {
    if (filled > 0) {
      encode();
    }
    send(null);
  }

  private void encode() {
    int count = filled / channels;
    av_frame_unref(frame);
    frame.format(AV_SAMPLE_FMT_FLTP);
    frame.nb_samples(count);
    frame.sample_rate(codec.sample_rate());
    av_channel_layout_copy(frame.ch_layout(), codec.ch_layout());
    Native.write(av_frame_get_buffer(frame, 0), "a sound frame");
    float[] plane = new float[count];
    for (int channel = 0; channel < channels; channel++) {
      for (int i = 0; i < count; i++) {
        plane[i] = block[i * channels + channel];
      }
      new FloatPointer(frame.data(channel)).put(plane);
    }
    frame.pts(position);
    position += count;
    filled = 0;
    send(frame);
  }

  private void send(AVFrame sound) {
    Native.write(avcodec_send_frame(codec, sound), "sound could not be encoded");
    while (avcodec_receive_packet(codec, packet) == 0) {
      sink.accept(new AudioPacket(packet.pts(), packet.duration(), Native.bytes(packet.data(), packet.size())));
      av_packet_unref(packet);
    }
  }

  @Override
  public void close() {
    av_frame_free(frame);
    av_packet_free(packet);
    avcodec_free_context(codec);
  }
}
