package org.answerprint.toybox;

import java.util.ArrayList;
import java.util.List;

/** Tells whether an object stays in view. */
final class Framing {
  private static final int MOMENTS = 8;
  private static final int OUTLINE = 16;

  private Framing() {}

  /** The smallest share of the object's width or height that a square picture shows at any moment of the clip. */
  static double shareInView(Scene scene) {
    double least = 1;
    for (int moment = 0; moment <= MOMENTS; moment++) {
      double time = moment / (double) MOMENTS;
      var camera = Camera.at(scene.setting(), time);
      var outline = outline(scene.object(), Pose.at(scene.object(), time), camera);
      least = Math.min(least, Bounds.of(outline, camera).shareInSquare());
    }
    return least;
  }

  private static List<Vec> outline(ToyObject object, Pose pose, Camera camera) {
    double radius = object.shape().halfWidth() * object.size();
    var up = pose.yAxis().times(object.shape().halfHeight() * object.size());
    return switch (object.shape()) {
      case BALL -> ballOutline(object.size(), pose.centre(), camera);
      case CUBE -> pose.corners(object, camera);
      case CYLINDER -> {
        var points = ring(pose.centre().plus(up), pose.xAxis().times(radius), pose.zAxis().times(radius));
        points.addAll(ring(pose.centre().minus(up), pose.xAxis().times(radius), pose.zAxis().times(radius)));
        yield points;
      }
      case CONE -> {
        var points = ring(pose.centre().minus(up), pose.xAxis().times(radius), pose.zAxis().times(radius));
        points.add(pose.centre().plus(up));
        yield points;
      }
    };
  }

  /** The circle in which the rays that touch the ball meet the plane through its middle. */
  private static List<Vec> ballOutline(double radius, Vec centre, Camera camera) {
    double away = centre.minus(camera.eye()).length();
    double seen = radius * away / Math.sqrt(away * away - radius * radius);
    return ring(centre, camera.right().times(seen), camera.above().times(seen));
  }

  private static List<Vec> ring(Vec centre, Vec across, Vec along) {
    var points = new ArrayList<Vec>(2 * OUTLINE + 1);
    for (int i = 0; i < OUTLINE; i++) {
      double angle = 2 * StrictMath.PI * i / OUTLINE;
      points.add(centre.plus(across.times(StrictMath.cos(angle))).plus(along.times(StrictMath.sin(angle))));
    }
    return points;
  }
}
