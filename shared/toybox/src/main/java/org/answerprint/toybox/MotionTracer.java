package org.answerprint.toybox;

/** Follows surface points from one moment of a scene to another. Safe to share between threads. */
final class MotionTracer {
  private static final double SAME = 1e-6;
  private static final double SKY = 1e6;

  private final int width;
  private final int height;
  private final Solid solid;
  private final Camera from;
  private final Camera to;
  private final Pose poseFrom;
  private final Pose poseTo;

  MotionTracer(Scene scene, double fromMoment, double toMoment, int width, int height) {
    this.width = width;
    this.height = height;
    this.solid = scene.object().shape().solid(scene.object().size());
    this.from = Camera.at(scene.setting(), fromMoment);
    this.to = Camera.at(scene.setting(), toMoment);
    this.poseFrom = Pose.at(scene.object(), fromMoment);
    this.poseTo = Pose.at(scene.object(), toMoment);
  }

  void follow(int row, float[] flow, Hit hit) {
    for (int column = 0; column < width; column++) {
      double across = (2 * (column + 0.5) - width) / height;
      double up = (height - 2 * (row + 0.5)) / height;
      var later = later(from.ray(across, up), hit);
      int at = 2 * (row * width + column);
      if (to.ahead(later) <= 0 || hidden(later, hit)) {
        flow[at] = Float.NaN;
        flow[at + 1] = Float.NaN;
      } else {
        flow[at] = (float) ((to.across(later) - across) * height / 2);
        flow[at + 1] = (float) ((up - to.up(later)) * height / 2);
      }
    }
  }

  /** The way from the later camera to where the point that this ray sees is then; for the sky only a direction. */
  private Vec later(Vec ray, Hit hit) {
    var eye = poseFrom.toObject(from.eye().minus(poseFrom.centre()));
    if (meets(eye, poseFrom.toObject(ray), hit)) {
      var point = eye.plus(poseFrom.toObject(ray).times(hit.distance));
      return poseTo.centre().plus(poseTo.toWorld(point)).minus(to.eye());
    }
    if (ray.y() < 0) {
      return from.eye().plus(ray.times(from.eye().y() / -ray.y())).minus(to.eye());
    }
    return ray.times(SKY);
  }

  /** Whether the object then hides what lies this way from the later camera. */
  private boolean hidden(Vec way, Hit hit) {
    var eye = poseTo.toObject(to.eye().minus(poseTo.centre()));
    return meets(eye, poseTo.toObject(way), hit) && hit.distance < 1 - SAME;
  }

  private boolean meets(Vec eye, Vec towards, Hit hit) {
    return solid.meets(eye.x(), eye.y(), eye.z(), towards.x(), towards.y(), towards.z(), hit);
  }
}
