package org.answerprint.extract;

import java.util.Optional;
import org.answerprint.frames.FrameSpec;
import org.answerprint.frames.PixelFormat;
import org.answerprint.media.Jpeg;
import org.answerprint.media.VideoFile;
import org.answerprint.media.VideoInfo;

/** Representative pictures of shots. */
final class ShotPictures {

  private static final int LONG_SIDE = 480;

  private ShotPictures() {}

  /** Square pixels, at most 480 on the long side. */
  static FrameSpec spec(VideoInfo video) {
    double width = (double) video.width() * video.aspectNum() / video.aspectDen();
    double scale = Math.min(1, LONG_SIDE / Math.max(width, video.height()));
    return new FrameSpec(PixelFormat.RGB24, even(width * scale), even(video.height() * scale));
  }

  private static int even(double length) {
    return Math.max(2, (int) Math.round(length / 2) * 2);
  }

  /** The frame at this time as JPEG, or empty where it cannot be read. */
  static Optional<byte[]> at(VideoFile film, long pts) {
    byte[][] picture = new byte[1][];
    film.read(pts, pts + 1, spec(film.info().video()), frame -> picture[0] = Jpeg.encode(frame));
    return Optional.ofNullable(picture[0]);
  }
}
