package org.answerprint.toybox;

import java.util.Arrays;

/**
 * Draws one frame, any rows of it in any order. A pixel is the mean of four samples, each in a quarter row of its own
 * (a rotated grid), so everything that is the same along a level line is worked out once for a whole line of samples.
 * Depth is that of the pixel's middle, never a mixture. Safe to share between threads that draw different rows.
 */
final class FrameTracer {
  private static final double[] ACROSS = {0.375, 0.875, 0.125, 0.625};
  private static final int SAMPLES = ACROSS.length;

  private final int width;
  private final int height;
  private final Camera camera;
  private final Solid solid;
  private final Surroundings surroundings;
  private final Surface surface;
  private final Bounds bounds;
  private final Vec eyeInObject;
  private final Vec rightInObject;
  private final Vec aboveInObject;
  private final Vec forwardInObject;

  FrameTracer(Scene scene, double moment, int width, int height) {
    this.width = width;
    this.height = height;
    this.camera = Camera.at(scene.setting(), moment);
    var pose = Pose.at(scene.object(), moment);
    this.solid = scene.object().shape().solid(scene.object().size());
    this.surroundings = new Surroundings(scene, pose, solid);
    this.surface = new Surface(scene, pose, surroundings);
    this.bounds = Bounds.of(pose.corners(scene.object(), camera), camera);
    this.eyeInObject = pose.toObject(camera.eye().minus(pose.centre()));
    this.rightInObject = pose.toObject(camera.right()).times(camera.field());
    this.aboveInObject = pose.toObject(camera.above()).times(camera.field());
    this.forwardInObject = pose.toObject(camera.forward());
  }

  /** Draws rows {@code from} to {@code to}, exclusive, into their places in the frame's whole picture and depth. */
  void draw(int from, int to, byte[] rgb, float[] depth) {
    var sums = new float[3 * width];
    var tint = new Tint();
    var hit = new Hit();
    for (int row = from; row < to; row++) {
      Arrays.fill(sums, 0);
      for (int sample = 0; sample < SAMPLES; sample++) {
        line(row + (sample + 0.5) / SAMPLES, ACROSS[sample], sums, tint, hit);
      }
      store(sums, rgb, 3 * width * row);
      measure(row, depth, hit);
    }
  }

  private void line(double y, double offset, float[] sums, Tint tint, Hit hit) {
    double up = (height - 2 * y) / height;
    int left = firstInside(up, offset);
    int right = endInside(up, offset);
    if (camera.forward().y() + up * camera.field() * camera.above().y() < 0) {
      groundLine(up, offset, 0, left, sums, tint, hit);
      groundLine(up, offset, right, width, sums, tint, hit);
    } else {
      skyLine(up, offset, 0, left, sums, tint);
      skyLine(up, offset, right, width, sums, tint);
    }
    if (left < right) {
      objectLine(up, offset, left, right, sums, tint, hit);
    }
  }

  private int firstInside(double up, double offset) {
    return isBeside(up) ? width : column(bounds.left(), offset);
  }

  private int endInside(double up, double offset) {
    return isBeside(up) ? width : column(bounds.right(), offset);
  }

  private boolean isBeside(double up) {
    return up < bounds.bottom() || up > bounds.top();
  }

  /** The first column whose sample lies to the right of this place on the screen. */
  private int column(double across, double offset) {
    return (int) Math.clamp(Math.ceil((across * height + width) / 2 - offset), 0, width);
  }

  private double across(int column, double offset) {
    return (2 * (column + offset) - width) / height;
  }

  private void skyLine(double up, double offset, int from, int to, float[] sums, Tint tint) {
    double upwards = up * camera.field();
    double rise = camera.forward().y() + upwards * camera.above().y();
    for (int column = from; column < to; column++) {
      double aside = across(column, offset) * camera.field();
      surroundings.sky(rise / Math.sqrt(1 + aside * aside + upwards * upwards), tint);
      add(tint, sums, column);
    }
  }

  private void groundLine(double up, double offset, int from, int to, float[] sums, Tint tint, Hit hit) {
    double upwards = up * camera.field();
    double rise = camera.forward().y() + upwards * camera.above().y();
    double way = camera.eye().y() / -rise;
    double middleX = camera.eye().x() + way * (camera.forward().x() + upwards * camera.above().x());
    double middleZ = camera.eye().z() + way * (camera.forward().z() + upwards * camera.above().z());
    double rightX = way * camera.right().x();
    double rightZ = way * camera.right().z();
    double spacing = spacingOnGround(way);
    for (int column = from; column < to; column++) {
      double aside = across(column, offset) * camera.field();
      double distance = way * Math.sqrt(1 + aside * aside + upwards * upwards);
      surroundings.ground(middleX + aside * rightX, middleZ + aside * rightZ, distance, spacing, tint, hit);
      add(tint, sums, column);
    }
  }

  /** How far apart two rows of pixels lie on the ground, so many times a ray's length away. */
  private double spacingOnGround(double way) {
    return way * way * pixel() / camera.eye().y();
  }

  /** The height of a pixel at distance 1. */
  private double pixel() {
    return 2 * camera.field() / height;
  }

  private void objectLine(double up, double offset, int from, int to, float[] sums, Tint tint, Hit hit) {
    double upwards = up * camera.field();
    double middleX = forwardInObject.x() + up * aboveInObject.x();
    double middleY = forwardInObject.y() + up * aboveInObject.y();
    double middleZ = forwardInObject.z() + up * aboveInObject.z();
    boolean overGround = camera.forward().y() + upwards * camera.above().y() < 0;
    for (int column = from; column < to; column++) {
      double across = across(column, offset);
      double towardsX = middleX + across * rightInObject.x();
      double towardsY = middleY + across * rightInObject.y();
      double towardsZ = middleZ + across * rightInObject.z();
      if (solid.meets(eyeInObject.x(), eyeInObject.y(), eyeInObject.z(), towardsX, towardsY, towardsZ, hit)) {
        double way = hit.distance;
        double aside = across * camera.field();
        double length = Math.sqrt(1 + aside * aside + upwards * upwards);
        surface.shade(
            eyeInObject.x() + way * towardsX, eyeInObject.y() + way * towardsY, eyeInObject.z() + way * towardsZ, hit,
            towardsX / length, towardsY / length, towardsZ / length, way * length, way * pixel(), tint);
        add(tint, sums, column);
      } else if (overGround) {
        groundLine(up, offset, column, column + 1, sums, tint, hit);
      } else {
        skyLine(up, offset, column, column + 1, sums, tint);
      }
    }
  }

  private static void add(Tint tint, float[] sums, int column) {
    int at = 3 * column;
    sums[at] += (float) Math.min(1, tint.red);
    sums[at + 1] += (float) Math.min(1, tint.green);
    sums[at + 2] += (float) Math.min(1, tint.blue);
  }

  private static void store(float[] sums, byte[] rgb, int at) {
    for (int i = 0; i < sums.length; i++) {
      rgb[at + i] = (byte) (int) (sums[i] * (255f / SAMPLES) + 0.5f);
    }
  }

  private void measure(int row, float[] depth, Hit hit) {
    double up = (height - 2 * (row + 0.5)) / height;
    double upwards = up * camera.field();
    double rise = camera.forward().y() + upwards * camera.above().y();
    double background = rise < 0 ? camera.eye().y() / -rise : Double.POSITIVE_INFINITY;
    for (int column = 0; column < width; column++) {
      double across = across(column, 0.5);
      double aside = across * camera.field();
      double way = seesObject(column, up, hit) ? hit.distance : background;
      depth[width * row + column] = (float) (way * Math.sqrt(1 + aside * aside + upwards * upwards));
    }
  }

  /** Whether the middle of each pixel of a row sees the object. */
  void outline(int row, boolean[] seen, Hit hit) {
    double up = (height - 2 * (row + 0.5)) / height;
    for (int column = 0; column < width; column++) {
      seen[width * row + column] = seesObject(column, up, hit);
    }
  }

  private boolean seesObject(int column, double up, Hit hit) {
    return column >= firstInside(up, 0.5) && column < endInside(up, 0.5) && meets(across(column, 0.5), up, hit);
  }

  private boolean meets(double across, double up, Hit hit) {
    return solid.meets(eyeInObject.x(), eyeInObject.y(), eyeInObject.z(),
        forwardInObject.x() + across * rightInObject.x() + up * aboveInObject.x(),
        forwardInObject.y() + across * rightInObject.y() + up * aboveInObject.y(),
        forwardInObject.z() + across * rightInObject.z() + up * aboveInObject.z(), hit);
  }
}
