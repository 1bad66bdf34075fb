package org.answerprint.media;

import static org.bytedeco.ffmpeg.global.avcodec.AV_INPUT_BUFFER_PADDING_SIZE;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_DATA_CONTENT_LIGHT_LEVEL;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_DATA_FRAME_CROPPING;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_DATA_MASTERING_DISPLAY_METADATA;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avcodec.av_new_packet;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_side_data_new;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_descriptor_get_by_name;
import static org.bytedeco.ffmpeg.global.avformat.AVIO_FLAG_WRITE;
import static org.bytedeco.ffmpeg.global.avformat.av_interleaved_write_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_write_trailer;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_output_context2;
import static org.bytedeco.ffmpeg.global.avformat.avformat_free_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_new_stream;
import static org.bytedeco.ffmpeg.global.avformat.avformat_write_header;
import static org.bytedeco.ffmpeg.global.avformat.avio_closep;
import static org.bytedeco.ffmpeg.global.avformat.avio_open;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_AUDIO;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_default;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_from_string;
import static org.bytedeco.ffmpeg.global.avutil.av_make_q;
import static org.bytedeco.ffmpeg.global.avutil.av_mallocz;
import static org.bytedeco.ffmpeg.global.avutil.av_rescale_q;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import org.answerprint.faults.InternalFault;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avcodec.AVPacketSideData;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * Writes coded pictures and sound to one MP4 file with its index in front. A picture's decoding time is the sorted
 * presentation time so many pictures back as the encoder reorders, counted over the whole film, so that it rises
 * across any joint; presentation times are kept exactly, and a late start becomes an edit list.
 */
final class FilmMuxer implements AutoCloseable {

  private final AVFormatContext format;
  private final AVPacket packet = av_packet_alloc();
  private final CodedHeader header;
  private final AVRational videoTime;
  private final AVStream video;
  private final List<Sound> sound = new ArrayList<>();
  private final PriorityQueue<Long> times = new PriorityQueue<>();
  private long pictures;
  private Optional<Timed> held = Optional.empty();
  private long firstPts;
  private long lastPts = Long.MIN_VALUE;
  private long endPts = Long.MIN_VALUE;

  /** A film of H.264 in MP4; {@code shift} is what will be added to all times, in the header's ticks. */
  FilmMuxer(Path file, CodedHeader header, List<MuxedSound> sound, FilmExtras extras, long shift) {
    this("mp4", file, header, sound, extras, shift);
  }

  FilmMuxer(
      String container, Path file, CodedHeader header, List<MuxedSound> sound, FilmExtras extras, long shift) {
    this.header = header;
    this.videoTime = Native.rational(header.timeBase());
    this.format = new AVFormatContext(null);
    Native.write(avformat_alloc_output_context2(format, null, container, "file:" + file.toAbsolutePath()),
        "no muxer for " + container);
    format.flags(format.flags() | AVFormatContext.AVFMT_FLAG_BITEXACT);
    this.video = addVideo();
    sound.forEach(track -> this.sound.add(new Sound(track)));
    MuxedLabels.write(format, extras, (long) Math.rint(seconds(shift) * 1e6));
    open(file, MuxedLabels.needKeys(extras));
  }

  private void open(Path file, boolean keys) {
    AVIOContext io = new AVIOContext(null);
    Native.write(avio_open(io, "file:" + file.toAbsolutePath(), AVIO_FLAG_WRITE), "the film " + file
        + " cannot be created");
    format.pb(io);
    Map<String, String> options = new HashMap<>();
    options.put("movflags", keys ? "+faststart+use_metadata_tags" : "+faststart");
    options.put("video_track_timescale", Integer.toString(header.timeBase().den()));
    options.put("movie_timescale", Integer.toString(movieTimescale()));
    Native.write(Native.withOptions(options, dictionary -> avformat_write_header(format, dictionary)),
        "the container cannot hold these streams");
  }

  /** Edit lists count in it, so it has to count all tracks' ticks where it can. */
  private int movieTimescale() {
    long common = header.timeBase().den();
    for (Sound track : sound) {
      long both = common / gcd(common, track.format.sampleRate()) * track.format.sampleRate();
      common = both <= 50_000_000 ? both : common;
    }
    return (int) common;
  }

  private static long gcd(long a, long b) {
    return b == 0 ? a : gcd(b, a % b);
  }

  private AVStream addVideo() {
    AVStream stream = Native.made(avformat_new_stream(format, null), "a stream");
    stream.time_base(videoTime);
    stream.avg_frame_rate(av_make_q(header.rateNum(), header.rateDen()));
    stream.sample_aspect_ratio(av_make_q(header.aspectNum(), header.aspectDen()));
    AVCodecParameters parameters = stream.codecpar();
    parameters.codec_type(AVMEDIA_TYPE_VIDEO);
    parameters.codec_id(header.codec());
    parameters.profile(header.profile());
    parameters.level(header.level());
    parameters.format(header.pixelFormat());
    parameters.width(header.width());
    parameters.height(header.height());
    parameters.video_delay(header.reorder());
    parameters.sample_aspect_ratio(av_make_q(header.aspectNum(), header.aspectDen()));
    parameters.color_space(Colours.matrix(header.colour()));
    parameters.color_primaries(Colours.primaries(header.colour()));
    parameters.color_trc(Colours.transfer(header.colour()));
    parameters.color_range(Colours.range(header.colour()));
    parameters.chroma_location(Signals.chromaLocation(header.signal()));
    parameters.field_order(Signals.fieldOrder(header.signal()));
    extradata(parameters, header.extradata());
    if (header.cropRight() + header.cropBottom() > 0) {
      sideData(parameters, AV_PKT_DATA_FRAME_CROPPING, ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN)
          .putInt(0).putInt(header.cropBottom()).putInt(0).putInt(header.cropRight()).array());
    }
    sideData(parameters, AV_PKT_DATA_MASTERING_DISPLAY_METADATA, Signals.masteringDisplay(header.signal().hdr()));
    sideData(parameters, AV_PKT_DATA_CONTENT_LIGHT_LEVEL, Signals.contentLight(header.signal().hdr()));
    return stream;
  }

  private static void sideData(AVCodecParameters parameters, int type, byte[] payload) {
    if (payload.length == 0) {
      return;
    }
    try (PointerPointer<AVPacketSideData> list = new PointerPointer<>(1); IntPointer count = new IntPointer(1)) {
      list.put(0, parameters.coded_side_data());
      count.put(0, parameters.nb_coded_side_data());
      AVPacketSideData data = Native.made(
          av_packet_side_data_new(list, count, type, payload.length, 0), "side data");
      data.data().put(payload);
      parameters.coded_side_data(list.get(AVPacketSideData.class, 0));
      parameters.nb_coded_side_data(count.get(0));
    }
  }

  private static void extradata(AVCodecParameters parameters, byte[] data) {
    if (data.length > 0) {
      BytePointer memory = new BytePointer(Native.made(av_mallocz(data.length + AV_INPUT_BUFFER_PADDING_SIZE),
          "extradata"));
      memory.put(data);
      parameters.extradata(memory);
      parameters.extradata_size(data.length);
    }
  }

  /** Appends a coded picture at a time in the header's time base; its decoding time in seconds is returned. */
  double picture(CodedPacket coded, long pts) {
    if (pictures == 0) {
      firstPts = pts;
    }
    times.add(pts);
    long dts = pictures < header.reorder() ? firstPts - (header.reorder() - pictures) * step() : times.remove();
    pictures++;
    if (dts > pts) {
      throw new InternalFault("a picture at " + pts + " would be decoded at " + dts
          + "; segments follow each other in time and have one reorder delay");
    }
    writeHeld();
    held = Optional.of(new Timed(coded, pts, dts, coded.duration() > 0 ? coded.duration() : step()));
    endPts = Math.max(endPts, pts + held.get().duration());
    lastPts = Math.max(lastPts, pts);
    return seconds(dts);
  }

  private void writeHeld() {
    if (held.isEmpty()) {
      return;
    }
    Timed picture = held.get();
    fill(picture.coded().data(), 0);
    packet.flags(picture.coded().key() ? AV_PKT_FLAG_KEY : 0);
    packet.pts(av_rescale_q(picture.pts(), videoTime, video.time_base()));
    packet.dts(av_rescale_q(picture.dts(), videoTime, video.time_base()));
    packet.duration(av_rescale_q(picture.duration(), videoTime, video.time_base()));
    Native.write(av_interleaved_write_frame(format, packet), "a picture could not be written");
    held = Optional.empty();
  }

  /**
   * MP4 adds durations up in decoding order: where they vary, the last picture decoded has to reach to the end of the
   * last one shown. A film of one rate is left alone, so that its rate reads as it is.
   */
  private void writeLast() {
    boolean steady = lastPts - firstPts == (pictures - 1) * step() && endPts - lastPts == step();
    held = held.map(last -> steady ? last : new Timed(last.coded(), last.pts(), last.pts(), endPts - last.pts()));
    writeHeld();
  }

  private record Timed(CodedPacket coded, long pts, long dts, long duration) {
  }

  double seconds(long ticks) {
    return header.timeBase().seconds(ticks);
  }

  private long step() {
    return Math.max(1, Math.round((double) header.rateDen() * header.timeBase().den()
        / ((double) header.rateNum() * header.timeBase().num())));
  }

  /** Appends a packet of a sound track, shifted by pictures' ticks. */
  void sound(int track, AudioPacket coded, long shift) {
    sound.get(track).write(coded, shift);
  }

  private void fill(byte[] data, int stream) {
    Native.write(av_new_packet(packet, data.length), "a packet");
    packet.data().put(data);
    packet.stream_index(stream);
  }

  /** Writes the index and closes the file. */
  void finish() {
    writeLast();
    Native.write(av_write_trailer(format), "the film's index could not be written");
  }

  @Override
  public void close() {
    av_packet_free(packet);
    avio_closep(format.pb());
    avformat_free_context(format);
  }

  /** One sound track; its packets are counted in samples. */
  private final class Sound {
    private final AudioFormat format;
    private final AVStream stream;
    private long nextSample = Long.MIN_VALUE;

    Sound(MuxedSound track) {
      this.format = track.format();
      this.stream = Native.made(avformat_new_stream(FilmMuxer.this.format, null), "a stream");
      stream.time_base(av_make_q(1, format.sampleRate()));
      MuxedLabels.write(stream, track);
      AVCodecParameters parameters = stream.codecpar();
      parameters.codec_type(AVMEDIA_TYPE_AUDIO);
      parameters.codec_id(avcodec_descriptor_get_by_name(format.codec()).id());
      parameters.sample_rate(format.sampleRate());
      parameters.frame_size(format.frameSize());
      parameters.block_align(format.blockAlign());
      parameters.initial_padding(format.initialPadding());
      parameters.seek_preroll(format.seekPreroll());
      parameters.bits_per_coded_sample(format.bitsPerSample());
      parameters.bit_rate(format.bitRate());
      if (av_channel_layout_from_string(parameters.ch_layout(), format.channelLayout()) < 0) {
        av_channel_layout_default(parameters.ch_layout(), format.channels());
      }
      extradata(parameters, format.extradata());
    }

    void write(AudioPacket coded, long shift) {
      AVRational own = Native.rational(format.timeBase());
      AVRational samples = av_make_q(1, format.sampleRate());
      long wanted = av_rescale_q(coded.pts() + av_rescale_q(shift, videoTime, own), own, samples);
      long tolerance = 1 + av_rescale_q(1, own, samples);
      long sample = nextSample != Long.MIN_VALUE && Math.abs(wanted - nextSample) <= tolerance ? nextSample : wanted;
      nextSample = format.frameSize() > 0 ? sample + format.frameSize() : Long.MIN_VALUE;
      fill(coded.data(), stream.index());
      packet.flags(AV_PKT_FLAG_KEY);
      packet.pts(av_rescale_q(sample, samples, stream.time_base()));
      packet.dts(packet.pts());
      packet.duration(av_rescale_q(coded.duration(), own, stream.time_base()));
      Native.write(av_interleaved_write_frame(FilmMuxer.this.format, packet), "sound could not be written");
    }
  }
}
