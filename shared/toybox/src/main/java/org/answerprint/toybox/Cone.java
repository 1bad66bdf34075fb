package org.answerprint.toybox;

/** An upright cone, its base at {@code -halfHeight} and its tip at {@code halfHeight}. */
record Cone(double radius, double halfHeight) implements Solid {
  @Override
  public double reach() {
    return Math.sqrt(radius * radius + halfHeight * halfHeight);
  }

  @Override
  public boolean meets(double x, double y, double z, double towardsX, double towardsY, double towardsZ, Hit hit) {
    double narrowing = radius / (2 * halfHeight);
    double square = narrowing * narrowing;
    double below = halfHeight - y;
    double a = towardsX * towardsX + towardsZ * towardsZ - square * towardsY * towardsY;
    double b = x * towardsX + z * towardsZ + square * below * towardsY;
    double c = x * x + z * z - square * below * below;
    double root = b * b - a * c;
    if (root <= 0) {
      return false;
    }
    double width = Math.sqrt(root);
    double one = (-b - width) / a;
    double other = (-b + width) / a;
    double side = Math.min(onSide(one, y, towardsY), onSide(other, y, towardsY));
    double base = base(x, y, z, towardsX, towardsY, towardsZ);
    if (base < side) {
      hit.at(base, 0, -1, 0);
      return true;
    }
    if (side == Double.POSITIVE_INFINITY) {
      return false;
    }
    double hitX = x + side * towardsX;
    double hitZ = z + side * towardsZ;
    double hitY = square * (below - side * towardsY);
    double length = 1 / Math.sqrt(hitX * hitX + hitY * hitY + hitZ * hitZ);
    hit.at(side, hitX * length, hitY * length, hitZ * length);
    return true;
  }

  /** The distance itself where it lies ahead and between base and tip, else infinity. */
  private double onSide(double distance, double y, double towardsY) {
    double height = y + distance * towardsY;
    boolean there = distance > 0 && height >= -halfHeight && height <= halfHeight;
    return there ? distance : Double.POSITIVE_INFINITY;
  }

  private double base(double x, double y, double z, double towardsX, double towardsY, double towardsZ) {
    double distance = (-halfHeight - y) / towardsY;
    double baseX = x + distance * towardsX;
    double baseZ = z + distance * towardsZ;
    boolean there = distance > 0 && towardsY > 0 && baseX * baseX + baseZ * baseZ <= radius * radius;
    return there ? distance : Double.POSITIVE_INFINITY;
  }
}
