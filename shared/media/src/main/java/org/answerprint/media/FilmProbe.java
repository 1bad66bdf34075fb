package org.answerprint.media;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_DATA_CONTENT_LIGHT_LEVEL;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_DATA_DISPLAYMATRIX;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_DATA_DOVI_CONF;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_DATA_ENCRYPTION_INFO;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_DATA_ENCRYPTION_INIT_INFO;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_DATA_MASTERING_DISPLAY_METADATA;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_get_name;
import static org.bytedeco.ffmpeg.global.avformat.AV_DISPOSITION_ATTACHED_PIC;
import static org.bytedeco.ffmpeg.global.avformat.av_find_best_stream;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_AUDIO;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.av_get_pix_fmt_name;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.answerprint.faults.RequestFault;
import org.answerprint.frames.Colour;
import org.answerprint.frames.PixelFormat;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacpp.PointerPointer;

/** Reads what a film is made of from an opened container and its first picture. */
final class FilmProbe {

  /** What FFmpeg's MP4 muxer takes without experimental flags, and its demuxer then reads back. */
  private static final Set<String> COPYABLE = Set.of("aac", "mp2", "mp3", "ac3", "eac3", "dts", "flac", "opus", "vorbis", "alac",
      "pcm_s16le", "pcm_s16be", "pcm_s24le", "pcm_s24be", "pcm_s32le", "pcm_s32be", "pcm_f32le", "pcm_f32be");
  private static final Set<String> HDR_TRANSFERS = Set.of("smpte2084", "arib-std-b67");

  /** Twice the fastest that studios use; MP4 cannot state the clock of much faster ones. */
  private static final int MOST_SAMPLE_RATE = 768_000;

  private FilmProbe() {
  }

  /** The index of the film's picture stream, or why there is none. */
  static int pictureStream(Demuxer demuxer) {
    int best = av_find_best_stream(demuxer.format, AVMEDIA_TYPE_VIDEO, -1, -1, (PointerPointer<?>) null, 0);
    if (best < 0) {
      throw new RequestFault("the file has no video stream; upload a video");
    }
    AVStream stream = demuxer.stream(best);
    if ((stream.disposition() & AV_DISPOSITION_ATTACHED_PIC) != 0) {
      throw new RequestFault("the file has no video stream, only cover art; upload a video");
    }
    if (encrypted(stream.codecpar())) {
      throw new RequestFault("the video is encrypted; upload one without copy protection");
    }
    return best;
  }

  static boolean encrypted(AVCodecParameters parameters) {
    return Native.sideData(parameters, AV_PKT_DATA_ENCRYPTION_INIT_INFO).length > 0
        || Native.sideData(parameters, AV_PKT_DATA_ENCRYPTION_INFO).length > 0
        || parameters.codec_tag() == tag("encv") || parameters.codec_tag() == tag("enca");
  }

  private static int tag(String name) {
    return name.charAt(0) | name.charAt(1) << 8 | name.charAt(2) << 16 | name.charAt(3) << 24;
  }

  static Orientation orientation(AVStream stream) {
    return Orientation.ofMatrix(Native.sideData(stream.codecpar(), AV_PKT_DATA_DISPLAYMATRIX));
  }

  static MediaInfo describe(Demuxer demuxer, PictureDecoder decoder, int picture, long bytes, Limits limits) {
    long duration = demuxer.format.duration();
    List<AudioInfo> audio = audio(demuxer, picture, limits);
    return new MediaInfo(demuxer.format.iformat().name().getString(), duration == AV_NOPTS_VALUE ? 0 : duration, bytes,
        video(demuxer.stream(picture), decoder), audio, Labels.extras(demuxer.format, picture, audio));
  }

  private static VideoInfo video(AVStream stream, PictureDecoder decoder) {
    AVFrame frame = decoder.frame;
    Orientation orientation = orientation(stream);
    Colour colour = Colours.of(frame);
    AVRational rate = stream.avg_frame_rate().num() > 0 ? stream.avg_frame_rate() : stream.r_frame_rate();
    AVRational aspect = stream.sample_aspect_ratio().num() > 0 ? stream.sample_aspect_ratio()
        : frame.sample_aspect_ratio();
    boolean known = aspect.num() > 0 && aspect.den() > 0;
    int aspectNum = known ? aspect.num() : 1;
    int aspectDen = known ? aspect.den() : 1;
    Signal signal = Signals.of(stream.codecpar(), decoder.fieldOrder(), frame, orientation);
    PixelFormat layout = Layouts.fitting(Layouts.keeping(frame.format(), orientation.swapsSides()),
        orientation.uprightWidth(frame.width(), frame.height()),
        orientation.uprightHeight(frame.width(), frame.height()), signal.fields());
    return new VideoInfo(
        stream.index(),
        avcodec_get_name(stream.codecpar().codec_id()).getString(),
        frame.width(),
        frame.height(),
        orientation.uprightWidth(frame.width(), frame.height()),
        orientation.uprightHeight(frame.width(), frame.height()),
        orientation.swapsSides() ? aspectDen : aspectNum,
        orientation.swapsSides() ? aspectNum : aspectDen,
        orientation.rotation(),
        orientation.mirrored(),
        Native.timeBase(stream.time_base()),
        decoder.pts(),
        rate.den() > 0 ? Math.max(0, rate.num()) : 0,
        Math.max(1, rate.den()),
        Math.max(0, stream.nb_frames()),
        Layouts.depth(frame.format()),
        Native.text(av_get_pix_fmt_name(frame.format()), "unknown"),
        colour,
        hdr(stream.codecpar(), colour),
        layout,
        signal);
  }

  private static boolean hdr(AVCodecParameters parameters, Colour colour) {
    return HDR_TRANSFERS.contains(colour.transfer())
        || Native.sideData(parameters, AV_PKT_DATA_MASTERING_DISPLAY_METADATA).length > 0
        || Native.sideData(parameters, AV_PKT_DATA_CONTENT_LIGHT_LEVEL).length > 0
        || Native.sideData(parameters, AV_PKT_DATA_DOVI_CONF).length > 0;
  }

  private static List<AudioInfo> audio(Demuxer demuxer, int picture, Limits limits) {
    List<AVStream> usable = IntStream.range(0, demuxer.format.nb_streams()).mapToObj(demuxer::stream)
        .filter(FilmProbe::isUsableSound).toList();
    int best = av_find_best_stream(demuxer.format, AVMEDIA_TYPE_AUDIO, -1, picture, (PointerPointer<?>) null, 0);
    int preferred = usable.stream().map(AVStream::index).filter(index -> index == best).findFirst()
        .orElse(usable.isEmpty() ? -1 : usable.getFirst().index());
    return usable.stream().map(stream -> track(stream, stream.index() == preferred, limits)).toList();
  }

  /** Whether a film can be given this sound, as it is or encoded: a track in vain would fail the film when all else is done. */
  private static boolean isUsableSound(AVStream stream) {
    return stream.codecpar().codec_type() == AVMEDIA_TYPE_AUDIO && Demuxer.isKnownSound(stream.codecpar())
        && (isCopyable(stream.codecpar()) || !encrypted(stream.codecpar()) && SoundDecoder.decodes(stream));
  }

  private static boolean isCopyable(AVCodecParameters parameters) {
    return COPYABLE.contains(avcodec_get_name(parameters.codec_id()).getString()) && !encrypted(parameters);
  }

  private static AudioInfo track(AVStream stream, boolean preferred, Limits limits) {
    AVCodecParameters parameters = stream.codecpar();
    int channels = parameters.ch_layout().nb_channels();
    if (channels > limits.maxAudioChannels()) {
      throw new RequestFault("a sound track has " + channels + " channels and at most " + limits.maxAudioChannels()
          + " are accepted; mix it down");
    }
    if (parameters.sample_rate() > MOST_SAMPLE_RATE) {
      throw new RequestFault("a sound track has " + parameters.sample_rate() + " samples a second and at most "
          + MOST_SAMPLE_RATE + " are accepted; resample it");
    }
    String codec = avcodec_get_name(parameters.codec_id()).getString();
    long start = stream.start_time();
    return new AudioInfo(stream.index(), codec, parameters.sample_rate(), channels, Native.timeBase(stream.time_base()),
        start == AV_NOPTS_VALUE ? 0 : start, Labels.tag(stream.metadata(), "language"),
        isCopyable(parameters), preferred, Labels.title(stream.metadata()),
        Labels.roles(stream.disposition()));
  }
}
