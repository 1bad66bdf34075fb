package org.answerprint.media;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_DATA_NEW_EXTRADATA;
import static org.bytedeco.ffmpeg.global.avcodec.av_bsf_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_bsf_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_bsf_get_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.av_bsf_init;
import static org.bytedeco.ffmpeg.global.avcodec.av_bsf_receive_packet;
import static org.bytedeco.ffmpeg.global.avcodec.av_bsf_send_packet;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_get_side_data;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_get_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_copy;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_describe;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.answerprint.faults.RequestFault;
import org.bytedeco.ffmpeg.avcodec.AVBSFContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.SizeTPointer;

/** The packets of one sound track through a demuxer of its own; AAC with ADTS headers loses them, as MP4 wants. */
final class PacketReader implements AudioReader {

  private final Demuxer demuxer;
  private final int stream;
  private final AVPacket packet = av_packet_alloc();
  private final AVBSFContext unwrap;
  private final AudioFormat format;
  private Optional<AudioPacket> peeked;
  private byte[] extradata;
  private long clock;
  private long last = Long.MIN_VALUE;

  private PacketReader(Demuxer demuxer, int stream) {
    this.demuxer = demuxer;
    this.stream = stream;
    AVStream track = demuxer.stream(stream);
    AVCodecParameters parameters = track.codecpar();
    this.extradata = Native.bytes(parameters.extradata(), parameters.extradata_size());
    String codec = avcodec_get_name(parameters.codec_id()).getString();
    this.unwrap = codec.equals("aac") && extradata.length == 0 ? unwrapper(track) : null;
    this.clock = track.start_time() == AV_NOPTS_VALUE ? 0 : track.start_time();
    this.peeked = fetch();
    this.format = new AudioFormat(codec, parameters.sample_rate(), parameters.ch_layout().nb_channels(),
        layout(parameters), parameters.frame_size(), parameters.block_align(), parameters.initial_padding(),
        parameters.seek_preroll(), parameters.bits_per_coded_sample(), parameters.bit_rate(),
        Native.timeBase(track.time_base()), extradata);
  }

  static PacketReader open(ByteSource source, Limits limits, int stream) {
    Demuxer demuxer = Demuxer.open(source, limits);
    try {
      if (stream < 0 || stream >= demuxer.format.nb_streams()) {
        throw new RequestFault("the file has no stream " + stream + "; name one of its sound tracks");
      }
      demuxer.select(stream);
      return new PacketReader(demuxer, stream);
    } catch (RuntimeException | Error e) {
      demuxer.close();
      throw e;
    }
  }

  private static AVBSFContext unwrapper(AVStream track) {
    AVBSFContext context = new AVBSFContext(null);
    Native.write(av_bsf_alloc(av_bsf_get_by_name("aac_adtstoasc"), context), "ADTS unwrapping");
    avcodec_parameters_copy(context.par_in(), track.codecpar());
    context.time_base_in(track.time_base());
    Native.read(av_bsf_init(context), "the sound track cannot be unwrapped");
    return context;
  }

  private static String layout(AVCodecParameters parameters) {
    byte[] text = new byte[128];
    av_channel_layout_describe(parameters.ch_layout(), text, text.length);
    return new String(text, StandardCharsets.US_ASCII).trim();
  }

  @Override
  public AudioFormat format() {
    return format;
  }

  @Override
  public Optional<AudioPacket> next() {
    Optional<AudioPacket> now = peeked;
    if (now.isPresent()) {
      peeked = fetch();
    }
    return now;
  }

  private Optional<AudioPacket> fetch() {
    demuxer.restartClock();
    while (demuxer.read(stream, packet) >= 0) {
      if (unwrap == null || av_bsf_send_packet(unwrap, packet) >= 0 && av_bsf_receive_packet(unwrap, packet) >= 0) {
        return Optional.of(take());
      }
      av_packet_unref(packet);
    }
    return Optional.empty();
  }

  private AudioPacket take() {
    try (SizeTPointer size = new SizeTPointer(1)) {
      BytePointer fresh = av_packet_get_side_data(packet, AV_PKT_DATA_NEW_EXTRADATA, size);
      if (!Native.absent(fresh) && extradata.length == 0) {
        extradata = Native.bytes(fresh, size.get());
      }
    }
    long pts = packet.pts() != AV_NOPTS_VALUE ? packet.pts() : packet.dts() != AV_NOPTS_VALUE ? packet.dts() : clock;
    if (pts <= last) {
      // a clock that was set back: no container takes sound that goes back in time
      pts = Math.max(clock, last + 1);
    }
    last = pts;
    clock = pts + Math.max(0, packet.duration());
    AudioPacket taken = new AudioPacket(pts, Math.max(0, packet.duration()), Native.bytes(packet.data(),
        packet.size()));
    av_packet_unref(packet);
    return taken;
  }

  @Override
  public void close() {
    if (unwrap != null) {
      av_bsf_free(unwrap);
    }
    av_packet_free(packet);
    demuxer.close();
  }
}
