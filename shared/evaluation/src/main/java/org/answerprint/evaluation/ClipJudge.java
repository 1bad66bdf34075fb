package org.answerprint.evaluation;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.answerprint.flow.DenseFlow;
import org.answerprint.metrics.ClipMotion;
import org.answerprint.metrics.MotionFidelity;
import org.answerprint.metrics.PixelMse;
import org.answerprint.metrics.Point;
import org.answerprint.metrics.PointTracker;
import org.answerprint.metrics.Track;
import org.answerprint.pictures.Picture;

/** Scores edits of footage whose motion nobody knows: by optical flow and tracks of points. Not for several threads at once. */
final class ClipJudge implements AtOnce.Bench {

  private static final int TRACKS_ACROSS = 12;

  private final DenseFlow flow = new DenseFlow();

  /** What all variants of an edit are held against. */
  record Yardstick(Task task, ClipMotion motion, List<Point> points, List<Track> tracks) {}

  Yardstick yardstick(Task task) {
    int width = task.frames().getFirst().width();
    int height = task.frames().getFirst().height();
    List<Point> points = Point.grid(width, height, Math.max(1, Math.min(width, height) / TRACKS_ACROSS));
    return new Yardstick(task, ClipMotion.estimated(flow, task.frames()), points, tracks(task.frames(), points));
  }

  Score score(Yardstick yardstick, Edited edited) {
    OptionalDouble motion = MotionFidelity.ESTIMATED.unpaired(tracks(edited.frames(), yardstick.points()), yardstick.tracks());
    return new Score(yardstick.task().name(), edited.frames().size(), Optional.empty(),
        PixelMse.of(edited.frames(), yardstick.motion()).all(),
        CaseJudge.boxed(motion), edited.secondsPerFrame());
  }

  private List<Track> tracks(List<Picture> frames, List<Point> points) {
    return CaseJudge.inSteps(new PointTracker(flow).track(frames, points));
  }

  @Override
  public void close() {
    flow.close();
  }
}
