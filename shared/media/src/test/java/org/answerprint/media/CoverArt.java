package org.answerprint.media;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_AAC;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_PNG;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avcodec.av_new_packet;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avformat.AVIO_FLAG_WRITE;
import static org.bytedeco.ffmpeg.global.avformat.AV_DISPOSITION_ATTACHED_PIC;
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
import static org.bytedeco.ffmpeg.global.avutil.av_mallocz;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.javacpp.BytePointer;

/** Writes a song with a picture on its sleeve. */
final class CoverArt {

  private CoverArt() {
  }

  static Path write(Path file) throws IOException {
    Films.AacEncoderHolder holder = new Films.AacEncoderHolder();
    List<AudioPacket> sound = Films.clicks(holder, 48000, 24000);
    AVFormatContext format = new AVFormatContext(null);
    avformat_alloc_output_context2(format, null, "ipod", file.toString());
    AVStream audio = avformat_new_stream(format, null);
    audio.codecpar().codec_type(AVMEDIA_TYPE_AUDIO);
    audio.codecpar().codec_id(AV_CODEC_ID_AAC);
    audio.codecpar().sample_rate(48000);
    audio.codecpar().frame_size(1024);
    av_channel_layout_default(audio.codecpar().ch_layout(), 2);
    byte[] extradata = holder.format.extradata();
    audio.codecpar().extradata(new BytePointer(av_mallocz(extradata.length + 64)).put(extradata));
    audio.codecpar().extradata_size(extradata.length);
    AVStream cover = avformat_new_stream(format, null);
    cover.codecpar().codec_type(AVMEDIA_TYPE_VIDEO);
    cover.codecpar().codec_id(AV_CODEC_ID_PNG);
    cover.codecpar().width(32);
    cover.codecpar().height(32);
    cover.disposition(AV_DISPOSITION_ATTACHED_PIC);
    AVIOContext io = new AVIOContext(null);
    avio_open(io, file.toString(), AVIO_FLAG_WRITE);
    format.pb(io);
    Native.write(avformat_write_header(format, (AVDictionary) null), "header");
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB), "png", png);
    send(format, 1, 0, png.toByteArray());
    for (AudioPacket packet : sound) {
      send(format, 0, packet.pts(), packet.data());
    }
    av_write_trailer(format);
    avio_closep(format.pb());
    avformat_free_context(format);
    return file;
  }

  private static void send(AVFormatContext format, int stream, long pts, byte[] data) {
    AVPacket packet = av_packet_alloc();
    av_new_packet(packet, data.length);
    packet.data().put(data);
    packet.stream_index(stream);
    packet.pts(pts);
    packet.dts(pts);
    packet.flags(AV_PKT_FLAG_KEY);
    Native.write(av_interleaved_write_frame(format, packet), "packet");
    av_packet_free(packet);
  }
}
