package org.answerprint.media;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avutil.av_rescale_q;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.answerprint.faults.TransientFault;
import org.answerprint.frames.TimeBase;
import org.bytedeco.ffmpeg.avcodec.AVPacket;

/** Looks at the index of a film we have just written, as a player would; nothing is decoded. */
final class ReadBack {

  private ReadBack() {
  }

  /** The presentation time of the last picture, in ticks of a time base. */
  static long lastPts(Path file, TimeBase timeBase) {
    try (FileBytes bytes = FileBytes.open(file); Demuxer demuxer = Demuxer.openOwn(bytes)) {
      int stream = FilmProbe.pictureStream(demuxer);
      demuxer.select(stream);
      demuxer.seek(stream, Long.MAX_VALUE / 4);
      return av_rescale_q(latest(demuxer, stream), demuxer.stream(stream).time_base(), Native.rational(timeBase));
    }
  }

  private static long latest(Demuxer demuxer, int stream) {
    AVPacket packet = av_packet_alloc();
    long latest = Long.MIN_VALUE;
    while (demuxer.read(stream, packet) >= 0) {
      latest = Math.max(latest, packet.pts());
      av_packet_unref(packet);
    }
    av_packet_free(packet);
    return latest;
  }

  static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new TransientFault("the film " + file + " cannot be read back", e);
    }
  }
}
