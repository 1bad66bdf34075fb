package org.answerprint.toybox;

/** A cube with half an edge of {@code half}. */
record Block(double half) implements Solid {
  private static final double DIAGONAL = Math.sqrt(3);

  @Override
  public double reach() {
    return half * DIAGONAL;
  }

  @Override
  public boolean meets(double x, double y, double z, double towardsX, double towardsY, double towardsZ, Hit hit) {
    double byX = inverse(towardsX);
    double byY = inverse(towardsY);
    double byZ = inverse(towardsZ);
    double enterX = -x * byX - half * Math.abs(byX);
    double enterY = -y * byY - half * Math.abs(byY);
    double enterZ = -z * byZ - half * Math.abs(byZ);
    double leave = Math.min(half * Math.abs(byX) - x * byX,
        Math.min(half * Math.abs(byY) - y * byY, half * Math.abs(byZ) - z * byZ));
    double enter = Math.max(enterX, Math.max(enterY, enterZ));
    if (!(enter < leave && enter > 0)) {
      return false;
    }
    if (enter == enterX) {
      hit.at(enter, -Math.signum(towardsX), 0, 0);
    } else if (enter == enterY) {
      hit.at(enter, 0, -Math.signum(towardsY), 0);
    } else {
      hit.at(enter, 0, 0, -Math.signum(towardsZ));
    }
    return true;
  }

  /** One over the value, but large instead of infinite for 0, so that no product with 0 loses its value. */
  private static double inverse(double value) {
    return 1 / (value == 0 ? 1e-200 : value);
  }
}
