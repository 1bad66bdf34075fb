package org.answerprint.extract;

import java.util.Optional;
import org.answerprint.frames.FrameSpec;
import org.answerprint.frames.PixelFormat;
import org.answerprint.jobs.SourceFilm;
import org.answerprint.media.Jpeg;
import org.answerprint.media.VideoFile;
import org.answerprint.media.VideoInfo;
import org.answerprint.stage.Films;

/** Representative pictures of shots, read beside the pass that finds them. Not thread-safe. */
final class ShotPictures implements AutoCloseable {

  private static final int LONG_SIDE = 480;

  private final VideoFile film;
  private final FrameSpec spec;

  ShotPictures(Films films, SourceFilm source) {
    this.film = films.open(source);
    this.spec = spec(source.info().video());
  }

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
  Optional<byte[]> at(long pts) {
    byte[][] picture = new byte[1][];
    film.read(pts, pts + 1, spec, frame -> picture[0] = Jpeg.encode(frame));
    return Optional.ofNullable(picture[0]);
  }

  @Override
  public void close() {
    film.close();
  }
}
