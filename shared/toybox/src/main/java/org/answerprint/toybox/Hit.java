package org.answerprint.toybox;

/**
 * Where a ray first meets a solid: so many times the ray's direction away, with the outward normal of length 1 there.
 */
final class Hit {
  double distance;
  double normalX;
  double normalY;
  double normalZ;

  void at(double newDistance, double x, double y, double z) {
    distance = newDistance;
    normalX = x;
    normalY = y;
    normalZ = z;
  }
}
