package org.answerprint.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.answerprint.faults.RequestFault;
import org.answerprint.media.AudioInfo;
import org.answerprint.media.EncoderSettings;
import org.answerprint.media.FileBytes;
import org.answerprint.media.Limits;
import org.answerprint.media.MediaInfo;
import org.answerprint.media.VideoFile;
import org.answerprint.media.VideoInfo;
import org.answerprint.media.sandbox.SandboxedVideo;

/**
 * What ingest would see in a file.
 *
 * @param accepted whether it would make a job of it
 * @param reason why not
 * @param container FFmpeg's name of the format
 * @param seconds as the container declares them
 * @param bytes of the file
 * @param video its pictures
 * @param audio its sound tracks
 * @param encoder what its edited segments would be encoded with
 */
record Probe(
    boolean accepted, Optional<String> reason, Optional<String> container, double seconds, long bytes, Optional<Video> video,
    List<Audio> audio, Optional<String> encoder) {

  /** Pictures, upright; {@code fps} 0 where unknown, {@code frames} 0 where the container does not say. */
  record Video(
      String codec, int width, int height, String sampleAspect, int rotation, boolean mirrored, double fps, long frames,
      String timeBase, int bitDepth, String pixelFormat, String matrix, boolean hdr, boolean interlaced) {

    static Video of(VideoInfo v) {
      double fps = v.rateNum() == 0 ? 0 : Math.round(1e6 * v.rateNum() / v.rateDen()) / 1e6;
      return new Video(v.codec(), v.width(), v.height(), v.aspectNum() + ":" + v.aspectDen(), v.rotation(), v.mirrored(), fps,
          v.frameCount(), v.timeBase().num() + "/" + v.timeBase().den(), v.bitDepth(), v.pixelFormat(), v.colour().matrix(),
          v.hdr(), v.interlaced());
    }
  }

  /** One sound track. */
  record Audio(String codec, int sampleRate, int channels, boolean preferred) {}

  /** Opens a file in a child process, as ingest does. */
  static Probe of(Path file) {
    FileBytes source = FileBytes.open(file);
    long bytes = source.size();
    try (VideoFile film = SandboxedVideo.open(source, Limits.STANDARD)) {
      MediaInfo info = film.info();
      return new Probe(true, Optional.empty(), Optional.of(info.container()), info.durationMicros() / 1e6, info.bytes(),
          Optional.of(Video.of(info.video())), info.audio().stream().map(Probe::audio).toList(),
          Optional.of(EncoderSettings.choose(info.video()).encoder()));
    } catch (RequestFault e) {
      return new Probe(false, Optional.of(e.getMessage()), Optional.empty(), 0, bytes, Optional.empty(), List.of(), Optional.empty());
    }
  }

  private static Audio audio(AudioInfo a) {
    return new Audio(a.codec(), a.sampleRate(), a.channels(), a.preferred());
  }
}
