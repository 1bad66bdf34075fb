package org.answerprint.edit;

import java.util.Locale;
import org.answerprint.frames.FrameSpec;
import org.answerprint.media.EncoderSettings;
import org.answerprint.media.VideoInfo;

/** How a source of another shape is laid into the film's frame: whole, centred, with black bars. */
final class Fit {

  private Fit() {}

  /** Whether a source has the film's size, aspect and colour, so that its frames serve as they are. */
  static boolean isNatural(VideoInfo source, EncoderSettings film) {
    return source.width() == film.width() && source.height() == film.height()
        && source.aspectNum() * film.aspectDen() == film.aspectNum() * source.aspectDen()
        && hasColour(source, film);
  }

  static boolean hasColour(VideoInfo source, EncoderSettings film) {
    return source.colour().matrix().equals(film.colour().matrix()) && source.colour().fullRange() == film.colour().fullRange();
  }

  /** The FFmpeg filters that lay a source of square or other pixels into an output of the film's aspect. */
  static String filters(VideoInfo source, EncoderSettings film, FrameSpec out) {
    double shown = (double) source.width() * source.aspectNum() / source.aspectDen();
    double pixel = (double) film.aspectNum() / film.aspectDen() * film.width() / out.width() * out.height() / film.height();
    double scale = Math.min(out.width() * pixel / shown, (double) out.height() / source.height());
    int width = Math.min(out.width(), even(shown * scale / pixel));
    int height = Math.min(out.height(), even(source.height() * scale));
    return String.format(Locale.ROOT, "scale=%d:%d:flags=bicubic+accurate_rnd+full_chroma_int,pad=%d:%d:(ow-iw)/2:(oh-ih)/2:black",
        width, height, out.width(), out.height());
  }

  private static int even(double length) {
    return Math.max(2, (int) Math.round(length / 2) * 2);
  }
}
