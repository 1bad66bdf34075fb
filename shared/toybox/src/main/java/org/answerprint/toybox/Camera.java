package org.answerprint.toybox;

/**
 * The camera at one moment. A point on the screen is (across, up), each -1 to 1 over the height of a picture; the ray
 * through it runs along {@code forward + right * across * field + above * up * field}.
 *
 * @param eye where the camera stands
 * @param right to the right in the picture, level with the ground
 * @param above upwards in the picture
 * @param forward into the picture
 * @param field the tangent of half the vertical field of view
 */
record Camera(Vec eye, Vec right, Vec above, Vec forward, double field) {
  private static final double BACK = 3.8;
  private static final double PITCH_DOWN = 0.16;
  private static final double FIELD = 0.55;
  private static final double PAN = 0.1;
  private static final double ZOOM = 0.15;

  static Camera at(Setting setting, double moment) {
    double k = 2 * moment - 1;
    double yaw = switch (setting.camera()) {
      case PAN_LEFT -> -PAN * k;
      case PAN_RIGHT -> PAN * k;
      case STILL, ZOOM_IN, ZOOM_OUT -> 0;
    };
    double zoom = switch (setting.camera()) {
      case ZOOM_IN -> StrictMath.exp(-ZOOM * k);
      case ZOOM_OUT -> StrictMath.exp(ZOOM * k);
      case STILL, PAN_LEFT, PAN_RIGHT -> 1;
    };
    double sinYaw = StrictMath.sin(yaw);
    double cosYaw = StrictMath.cos(yaw);
    double sinPitch = StrictMath.sin(PITCH_DOWN);
    double cosPitch = StrictMath.cos(PITCH_DOWN);
    return new Camera(
        new Vec(0, setting.cameraHeight(), -BACK),
        new Vec(cosYaw, 0, -sinYaw),
        new Vec(sinYaw * sinPitch, cosPitch, cosYaw * sinPitch),
        new Vec(sinYaw * cosPitch, -sinPitch, cosYaw * cosPitch),
        FIELD * zoom);
  }

  /** The ray through a point of the screen; its length along {@link #forward} is 1. */
  Vec ray(double across, double up) {
    return forward.plus(right.times(across * field)).plus(above.times(up * field));
  }

  /** How far in front of the camera something in this direction from it is. */
  double ahead(Vec direction) {
    return direction.dot(forward);
  }

  /** Where on the screen something in this direction, which must be ahead, is seen: to the right. */
  double across(Vec direction) {
    return direction.dot(right) / (direction.dot(forward) * field);
  }

  /** Where on the screen something in this direction, which must be ahead, is seen: upwards. */
  double up(Vec direction) {
    return direction.dot(above) / (direction.dot(forward) * field);
  }
}
