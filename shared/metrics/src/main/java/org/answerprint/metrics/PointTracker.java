package org.answerprint.metrics;

import java.util.Arrays;
import java.util.List;
import org.answerprint.flow.DenseFlow;
import org.answerprint.flow.FlowField;
import org.answerprint.pictures.Picture;

/**
 * Follows points through footage whose motion is not known, from frame to frame by dense optical flow. A point is lost, for the rest
 * of the clip, where the flow back does not lead to where it came from ({@link FlowField#returns}) or it leaves the picture. Uses the
 * flow it was given, and is for one thread as that is.
 */
public final class PointTracker {

  private final DenseFlow dense;

  public PointTracker(DenseFlow dense) {
    this.dense = dense;
  }

  /**
   * One track for each point, in their order.
   *
   * @param clip of one size
   * @param starts in the first frame
   */
  public List<Track> track(List<Picture> clip, List<Point> starts) {
    List<Track> tracks = starts.stream().map(start -> begin(start, clip.size())).toList();
    byte[] luma = Luma.of(clip.getFirst());
    for (int frame = 1; frame < clip.size(); frame++) {
      Picture picture = clip.get(frame);
      byte[] next = Luma.of(picture);
      FlowField forth = dense.flow(luma, next, picture.width(), picture.height());
      FlowField back = dense.flow(next, luma, picture.width(), picture.height());
      for (Track track : tracks) {
        follow(track, frame, forth, back);
      }
      luma = next;
    }
    return tracks;
  }

  private static Track begin(Point start, int frames) {
    float[] x = new float[frames];
    float[] y = new float[frames];
    Arrays.fill(x, Float.NaN);
    Arrays.fill(y, Float.NaN);
    x[0] = start.x();
    y[0] = start.y();
    return new Track(x, y);
  }

  private static void follow(Track track, int frame, FlowField forth, FlowField back) {
    float x = track.x()[frame - 1];
    float y = track.y()[frame - 1];
    if (track.isSeen(frame - 1) && forth.returns(back, x, y)) {
      track.x()[frame] = x + forth.dxAt(x, y);
      track.y()[frame] = y + forth.dyAt(x, y);
    }
  }
}
