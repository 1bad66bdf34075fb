package org.answerprint.toybox;

import java.util.ArrayList;
import java.util.List;

/**
 * Where an object is at one moment.
 *
 * @param centre its middle
 * @param xAxis its own x axis, in the world
 * @param yAxis its own y axis, in the world
 * @param zAxis its own z axis, in the world
 */
record Pose(Vec centre, Vec xAxis, Vec yAxis, Vec zAxis) {
  private static final double WAY = 1.1;
  private static final double TURN = 0.8;

  static Pose at(ToyObject object, double moment) {
    double k = 2 * moment - 1;
    double aside = switch (object.motion()) {
      case ROLLING_LEFT -> -WAY * k;
      case ROLLING_RIGHT -> WAY * k;
      case COMING_CLOSER, MOVING_AWAY, JUMPING, STANDING_STILL -> 0;
    };
    double behind = switch (object.motion()) {
      case COMING_CLOSER -> -WAY * k;
      case MOVING_AWAY -> WAY * k;
      case ROLLING_LEFT, ROLLING_RIGHT, JUMPING, STANDING_STILL -> 0;
    };
    double up = object.motion() == Motion.JUMPING ? Math.abs(StrictMath.sin(2 * StrictMath.PI * moment)) : 0;
    var centre = new Vec(
        object.x() + aside, object.shape().halfHeight() * object.size() + up, object.z() + behind);
    boolean rolls = object.shape() == Shape.BALL;
    double yaw = StrictMath.toRadians(object.yawDegrees()) + (rolls ? 0 : aside / WAY * TURN);
    return turned(centre, yaw, rolls ? aside / object.size() : 0);
  }

  private static Pose turned(Vec centre, double yaw, double roll) {
    double sinYaw = StrictMath.sin(yaw);
    double cosYaw = StrictMath.cos(yaw);
    return new Pose(centre,
        rolled(new Vec(cosYaw, 0, -sinYaw), roll),
        rolled(new Vec(0, 1, 0), roll),
        rolled(new Vec(sinYaw, 0, cosYaw), roll));
  }

  /** Turned about the z axis so that what is on top moves to the right. */
  private static Vec rolled(Vec axis, double roll) {
    double sin = StrictMath.sin(roll);
    double cos = StrictMath.cos(roll);
    return new Vec(axis.x() * cos + axis.y() * sin, axis.y() * cos - axis.x() * sin, axis.z());
  }

  Vec toObject(Vec direction) {
    return new Vec(direction.dot(xAxis), direction.dot(yAxis), direction.dot(zAxis));
  }

  Vec toWorld(Vec direction) {
    return xAxis.times(direction.x()).plus(yAxis.times(direction.y())).plus(zAxis.times(direction.z()));
  }

  /** The corners of a box around the object: along the camera's axes for a ball, else along its own. */
  List<Vec> corners(ToyObject object, Camera camera) {
    boolean ball = object.shape() == Shape.BALL;
    double halfWidth = object.shape().halfWidth() * object.size();
    double halfHeight = object.shape().halfHeight() * object.size();
    var across = (ball ? camera.right() : xAxis).times(halfWidth);
    var upwards = (ball ? camera.above() : yAxis).times(halfHeight);
    var inwards = (ball ? camera.forward() : zAxis).times(halfWidth);
    var corners = new ArrayList<Vec>(8);
    for (int corner = 0; corner < 8; corner++) {
      corners.add(centre
          .plus(across.times((corner & 1) == 0 ? -1 : 1))
          .plus(upwards.times((corner & 2) == 0 ? -1 : 1))
          .plus(inwards.times((corner & 4) == 0 ? -1 : 1)));
    }
    return corners;
  }
}
