package org.answerprint.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.answerprint.frames.TimeBase;
import org.answerprint.media.FileBytes;
import org.answerprint.media.Limits;
import org.answerprint.media.ReadReport;
import org.answerprint.media.VideoFile;
import org.answerprint.media.VideoInfo;
import org.answerprint.media.sandbox.SandboxedVideo;
import org.answerprint.shots.DetectedShot;
import org.answerprint.shots.ShotDetector;
import org.answerprint.shots.ShotOptions;

/**
 * The shots of a video as {@code shots --json} prints them. A gradual change is the gap between one shot's end and the
 * next one's start.
 *
 * @param fps average frames a second
 * @param frames of the video
 * @param shots in order
 */
record ShotList(double fps, long frames, List<Shot> shots) {

  ShotList {
    shots = List.copyOf(shots);
  }

  /**
   * One shot.
   *
   * @param start its first frame, from 0
   * @param end one past its last frame
   * @param cut how it begins: start, hard, dissolve, fade or wipe
   */
  record Shot(int start, int end, String cut) {

    static Shot of(DetectedShot shot) {
      return new Shot(shot.start(), shot.end(), shot.cut().name().toLowerCase(Locale.ROOT));
    }
  }

  /**
   * Decodes a video in a child process and finds its shots.
   *
   * @throws org.answerprint.faults.RequestFault where it is no video
   */
  static ShotList of(Path video) {
    try (VideoFile film = SandboxedVideo.open(FileBytes.open(video), Limits.STANDARD)) {
      VideoInfo info = film.info().video();
      List<Shot> shots = new ArrayList<>();
      ShotDetector detector = new ShotDetector(info.timeBase(), ShotOptions.defaults(), shot -> shots.add(Shot.of(shot)));
      long[] span = {Long.MAX_VALUE, 0};
      ReadReport report = film.scan(Long.MIN_VALUE, Long.MAX_VALUE, ShotDetector.SPEC, (frame, key) -> {
        span[0] = Math.min(span[0], frame.pts());
        span[1] = frame.pts() + frame.duration();
        detector.put(frame);
      });
      detector.finish();
      return new ShotList(rate(info, report.frames(), info.timeBase(), span[1] - span[0]), report.frames(), shots);
    }
  }

  /** The declared rate where the frames bear it out, else what they say themselves: some containers declare it loosely. */
  private static double rate(VideoInfo info, long frames, TimeBase time, long ticks) {
    double declared = info.rateNum() > 0 ? (double) info.rateNum() / info.rateDen() : 0;
    double counted = ticks > 0 ? frames / time.seconds(ticks) : declared;
    return Math.round((Math.abs(counted - declared) < declared * 5e-4 ? declared : counted) * 1e6) / 1e6;
  }
}
