package org.answerprint.toybox;

record Ball(double reach) implements Solid {
  @Override
  public boolean meets(double x, double y, double z, double towardsX, double towardsY, double towardsZ, Hit hit) {
    double a = towardsX * towardsX + towardsY * towardsY + towardsZ * towardsZ;
    double b = x * towardsX + y * towardsY + z * towardsZ;
    double c = x * x + y * y + z * z - reach * reach;
    double root = b * b - a * c;
    if (root <= 0 || b >= 0) {
      return false;
    }
    double distance = (-b - Math.sqrt(root)) / a;
    double share = 1 / reach;
    hit.at(distance,
        (x + distance * towardsX) * share, (y + distance * towardsY) * share, (z + distance * towardsZ) * share);
    return true;
  }
}
