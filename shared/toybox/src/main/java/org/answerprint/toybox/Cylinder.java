package org.answerprint.toybox;

/** An upright cylinder. */
record Cylinder(double radius, double halfHeight) implements Solid {
  @Override
  public double reach() {
    return Math.sqrt(radius * radius + halfHeight * halfHeight);
  }

  @Override
  public boolean meets(double x, double y, double z, double towardsX, double towardsY, double towardsZ, Hit hit) {
    double a = towardsX * towardsX + towardsZ * towardsZ;
    double b = x * towardsX + z * towardsZ;
    double c = x * x + z * z - radius * radius;
    double root = b * b - a * c;
    if (root <= 0) {
      return false;
    }
    double side = (-b - Math.sqrt(root)) / a;
    double height = y + side * towardsY;
    if (side > 0 && Math.abs(height) <= halfHeight) {
      hit.at(side, (x + side * towardsX) / radius, 0, (z + side * towardsZ) / radius);
      return true;
    }
    return meetsEnd(x, y, z, towardsX, towardsY, towardsZ, hit);
  }

  private boolean meetsEnd(
      double x, double y, double z, double towardsX, double towardsY, double towardsZ, Hit hit) {
    double outward = -Math.signum(towardsY);
    double end = (outward * halfHeight - y) / towardsY;
    double endX = x + end * towardsX;
    double endZ = z + end * towardsZ;
    if (!(end > 0 && endX * endX + endZ * endZ <= radius * radius)) {
      return false;
    }
    hit.at(end, 0, outward, 0);
    return true;
  }
}
