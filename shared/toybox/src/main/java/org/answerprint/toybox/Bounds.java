package org.answerprint.toybox;

import java.util.List;

/** A rectangle on the screen that holds every one of some points in front of the camera. */
record Bounds(double left, double right, double bottom, double top) {
  static Bounds of(List<Vec> points, Camera camera) {
    double left = Double.POSITIVE_INFINITY;
    double right = Double.NEGATIVE_INFINITY;
    double bottom = Double.POSITIVE_INFINITY;
    double top = Double.NEGATIVE_INFINITY;
    for (var point : points) {
      var direction = point.minus(camera.eye());
      double across = camera.across(direction);
      double up = camera.up(direction);
      left = Math.min(left, across);
      right = Math.max(right, across);
      bottom = Math.min(bottom, up);
      top = Math.max(top, up);
    }
    return new Bounds(left, right, bottom, top);
  }

  /** The smaller of the shares of its width and of its height that lie in a square picture. */
  double shareInSquare() {
    return Math.min(share(left, right), share(bottom, top));
  }

  private static double share(double from, double to) {
    return (Math.min(to, 1) - Math.max(from, -1)) / (to - from);
  }
}
