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

/** Scores edits of footage whose motion nobody knows: by optical flow and tracks of points. Not for several threads at once. */
final class ClipJudge implements AutoCloseable {

  private static final int TRACKS_ACROSS = 12;
  private static final int TRACK_STEPS = 7;

  private final DenseFlow flow = new DenseFlow();

  /** What all variants of an edit are held against. */
  record Yardstick(Task task, ClipMotion motion, List<Point> points, List<Track> tracks) {}

  Yardstick yardstick(Task task) {
    int width = task.frames().getFirst().width();
    int height = task.frames().getFirst().height();
    List<Point> points = Point.grid(width, height, Math.max(1, Math.min(width, height) / TRACKS_ACROSS));
    return new Yardstick(task, ClipMotion.estimated(flow, task.frames()), points, tracks(task, points));
  }

  Score score(Yardstick yardstick, Edited edited) {
    List<Track> moved = new PointTracker(flow).track(edited.frames(), yardstick.points()).stream().map(t -> t.inSteps(TRACK_STEPS)).toList();
    OptionalDouble motion = MotionFidelity.ESTIMATED.unpaired(moved, yardstick.tracks());
    return new Score(yardstick.task().name(), edited.frames().size(), Optional.empty(),
        PixelMse.of(edited.frames(), yardstick.motion()).all(),
        motion.isPresent() ? Optional.of(motion.getAsDouble()) : Optional.empty(), edited.secondsPerFrame());
  }

  private List<Track> tracks(Task task, List<Point> points) {
    return new PointTracker(flow).track(task.frames(), points).stream().map(track -> track.inSteps(TRACK_STEPS)).toList();
  }

  @Override
  public void close() {
    flow.close();
  }
}
