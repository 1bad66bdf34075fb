package org.answerprint.corpus;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_rescale_ts;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_copy;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_from_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_packet;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_frame;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_GLOBAL_HEADER;
import static org.bytedeco.ffmpeg.global.avformat.AVFMT_GLOBALHEADER;
import static org.bytedeco.ffmpeg.global.avformat.AVIO_FLAG_WRITE;
import static org.bytedeco.ffmpeg.global.avformat.av_interleaved_write_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_write_trailer;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_output_context2;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_find_stream_info;
import static org.bytedeco.ffmpeg.global.avformat.avformat_free_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_new_stream;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_write_header;
import static org.bytedeco.ffmpeg.global.avformat.avio_closep;
import static org.bytedeco.ffmpeg.global.avformat.avio_open;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_get_pix_fmt;
import static org.bytedeco.ffmpeg.global.avutil.av_make_q;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.answerprint.frames.Colour;
import org.answerprint.frames.PixelFormat;
import org.answerprint.frames.RawFrame;
import org.answerprint.frames.TimeBase;
import org.answerprint.media.EncoderSettings;
import org.answerprint.media.FilmWriter;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avformat.AVOutputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.PointerPointer;

/** Honest films, the raw material of the corpus. Deterministic. */
final class Materials {

  static final int WIDTH = 160;
  static final int HEIGHT = 120;
  static final int FRAMES = 30;
  private static final int RATE = 25;

  private Materials() {
  }

  /** Thirty pictures of 160x120 at 25 a second, H.264, with AAC sound where asked for, the index at the end. */
  static byte[] film(boolean sound) {
    return film(WIDTH, HEIGHT, FRAMES, sound);
  }

  static byte[] film(int width, int height, int frames, boolean sound) {
    return written(".mp4", file -> {
      TimeBase time = new TimeBase(1, 12_800);
      EncoderSettings settings = EncoderSettings.choose(width, height, time, RATE, 1, Colour.BT709, 8);
      try (FilmWriter writer = FilmWriter.create(file, settings, 48_000, sound ? 2 : 0)) {
        for (int i = 0; i < frames; i++) {
          writer.put(new RawFrame(PixelFormat.RGB24, width, height, i * 512L, 512, picture(width, height, i)));
          if (sound) {
            writer.sound(tone(i));
          }
        }
        writer.finish();
      }
    });
  }

  private static byte[] picture(int width, int height, int index) {
    byte[] data = new byte[width * height * 3];
    for (int y = 0, at = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        data[at++] = (byte) (x * 200 / width + index * 2);
        data[at++] = (byte) (y * 200 / height);
        data[at++] = (byte) ((x / 16 + y / 16 + index / 4) % 2 * 180);
      }
    }
    return data;
  }

  private static short[] tone(int frame) {
    short[] samples = new short[2 * 48_000 / RATE];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (short) (8000 * Math.sin((frame * samples.length + i) / 2 * 0.05));
    }
    return samples;
  }

  private interface Work {
    void on(Path file);
  }

  private static byte[] written(String suffix, Work work) {
    try {
      Path file = Files.createTempFile("specimen", suffix);
      try {
        work.on(file);
        return Files.readAllBytes(file);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same packets in another container. */
  static byte[] remuxed(byte[] film, String format, Map<String, String> options) {
    return written(".in", input -> {
      try {
        Files.write(input, film);
        Files.write(input, written(".out", output -> remux(input, output, format, options)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
  }

  private static void remux(Path input, Path output, String format, Map<String, String> options) {
    AVFormatContext in = new AVFormatContext(null);
    check(avformat_open_input(in, input.toString(), (AVInputFormat) null, (AVDictionary) null));
    check(avformat_find_stream_info(in, (PointerPointer<?>) null));
    AVFormatContext out = output(output, format);
    for (int i = 0; i < in.nb_streams(); i++) {
      AVStream stream = avformat_new_stream(out, null);
      check(avcodec_parameters_copy(stream.codecpar(), in.streams(i).codecpar()));
      stream.codecpar().codec_tag(0);
      stream.time_base(in.streams(i).time_base());
    }
    begin(out, options);
    AVPacket packet = av_packet_alloc();
    while (av_read_frame(in, packet) >= 0) {
      av_packet_rescale_ts(packet, in.streams(packet.stream_index()).time_base(),
          out.streams(packet.stream_index()).time_base());
      packet.pos(-1);
      check(av_interleaved_write_frame(out, packet));
    }
    av_packet_free(packet);
    end(out);
    avformat_close_input(in);
  }

  /** Pictures through any encoder into any container, without sound. */
  static byte[] encoded(String format, String encoder, String pixels, int width, int height, int frames) {
    return written("." + format, file -> {
      AVFormatContext out = output(file, format);
      AVCodec codec = avcodec_find_encoder_by_name(encoder);
      AVCodecContext context = avcodec_alloc_context3(codec);
      context.width(width).height(height).pix_fmt(av_get_pix_fmt(pixels)).time_base(av_make_q(1, RATE))
          .framerate(av_make_q(RATE, 1)).bit_rate(200_000).thread_count(1);
      if ((out.oformat().flags() & AVFMT_GLOBALHEADER) != 0) {
        context.flags(context.flags() | AV_CODEC_FLAG_GLOBAL_HEADER);
      }
      context.strict_std_compliance(-2);
      check(avcodec_open2(context, codec, (AVDictionary) null));
      AVStream stream = avformat_new_stream(out, codec);
      check(avcodec_parameters_from_context(stream.codecpar(), context));
      stream.time_base(context.time_base());
      stream.avg_frame_rate(av_make_q(RATE, 1));
      begin(out, Map.of());
      AVPacket packet = av_packet_alloc();
      for (int i = 0; i <= frames; i++) {
        AVFrame frame = i < frames ? frame(context, i) : null;
        check(avcodec_send_frame(context, frame));
        while (avcodec_receive_packet(context, packet) >= 0) {
          packet.duration(packet.duration() == 0 ? 1 : packet.duration());
          av_packet_rescale_ts(packet, context.time_base(), stream.time_base());
          check(av_interleaved_write_frame(out, packet));
        }
        if (frame != null) {
          av_frame_free(frame);
        }
      }
      av_packet_free(packet);
      avcodec_free_context(context);
      end(out);
    });
  }

  private static AVFrame frame(AVCodecContext context, int index) {
    AVFrame frame = av_frame_alloc();
    frame.format(context.pix_fmt()).width(context.width()).height(context.height());
    check(av_frame_get_buffer(frame, 0));
    for (int plane = 0; plane < 4 && frame.linesize(plane) > 0; plane++) {
      int rows = plane > 0 && frame.data(3) == null ? (frame.height() + 1) / 2 : frame.height();
      byte[] row = new byte[frame.linesize(plane)];
      for (int y = 0; y < rows; y++) {
        for (int x = 0; x < row.length; x++) {
          row[x] = (byte) (plane == 0 ? x + y + 3 * index : 100 + index);
        }
        frame.data(plane).position((long) y * row.length).put(row);
      }
    }
    frame.pts(index);
    return frame;
  }

  private static AVFormatContext output(Path file, String format) {
    AVFormatContext out = new AVFormatContext(null);
    check(avformat_alloc_output_context2(out, (AVOutputFormat) null, format, file.toString()));
    out.flags(out.flags() | AVFormatContext.AVFMT_FLAG_BITEXACT);
    AVIOContext bytes = new AVIOContext(null);
    check(avio_open(bytes, file.toString(), AVIO_FLAG_WRITE));
    out.pb(bytes);
    return out;
  }

  private static void begin(AVFormatContext out, Map<String, String> options) {
    AVDictionary dictionary = new AVDictionary(null);
    options.forEach((key, value) -> av_dict_set(dictionary, key, value, 0));
    check(avformat_write_header(out, dictionary));
    av_dict_free(dictionary);
  }

  private static void end(AVFormatContext out) {
    check(av_write_trailer(out));
    avio_closep(out.pb());
    avformat_free_context(out);
  }

  private static void check(int result) {
    if (result < 0) {
      throw new IllegalStateException("FFmpeg says " + result + " while it makes an honest film");
    }
  }
}
