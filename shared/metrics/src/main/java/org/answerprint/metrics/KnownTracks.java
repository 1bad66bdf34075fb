package org.answerprint.metrics;

import java.util.ArrayList;
import java.util.List;
import org.answerprint.toybox.Renderer;
import org.answerprint.toybox.Scene;

/** Tracks of points of a Toybox scene as its renderer knows them: exact, and aware of what is hidden in between. */
public final class KnownTracks {

  /** A pixel at the rim of the object shows half of what is behind it: no track begins so many pixels from there. */
  private static final int RIM = 2;

  private KnownTracks() {}

  /**
   * One track for each point, in their order. A point is not seen while the object hides it, or it is outside the picture.
   *
   * @param frames of the clip, spread evenly over the scene's moments
   * @param starts in the first frame
   */
  public static List<Track> of(Scene scene, int frames, int width, int height, List<Point> starts) {
    List<Track> tracks = starts.stream().map(start -> new Track(new float[frames], new float[frames])).toList();
    for (int frame = 0; frame < frames; frame++) {
      float[] motion = Renderer.serial().trueMotion(
          scene, Renderer.moment(0, frames), Renderer.moment(frame, frames), width, height);
      for (int i = 0; i < starts.size(); i++) {
        Point start = starts.get(i);
        int at = 2 * (start.y() * width + start.x());
        place(tracks.get(i), frame, start.x() + motion[at], start.y() + motion[at + 1], width, height);
      }
    }
    return tracks;
  }

  private static void place(Track track, int frame, float x, float y, int width, int height) {
    boolean seen = x >= 0 && y >= 0 && x <= width - 1 && y <= height - 1;
    track.x()[frame] = seen ? x : Float.NaN;
    track.y()[frame] = seen ? y : Float.NaN;
  }

  /** Those pixels of a clip's first frame that lie on the object, every {@code spacing}th in both directions, its rim left out. */
  public static List<Point> onObject(Scene scene, int frames, int width, int height, int spacing) {
    boolean[] mask = Renderer.serial().objectMask(scene, Renderer.moment(0, frames), width, height);
    List<Point> points = new ArrayList<>();
    for (Point point : Point.grid(width, height, spacing)) {
      if (isInside(mask, width, height, point)) {
        points.add(point);
      }
    }
    return points;
  }

  private static boolean isInside(boolean[] mask, int width, int height, Point point) {
    for (int y = Math.max(0, point.y() - RIM); y <= Math.min(height - 1, point.y() + RIM); y++) {
      for (int x = Math.max(0, point.x() - RIM); x <= Math.min(width - 1, point.x() + RIM); x++) {
        if (!mask[y * width + x]) {
          return false;
        }
      }
    }
    return true;
  }
}
