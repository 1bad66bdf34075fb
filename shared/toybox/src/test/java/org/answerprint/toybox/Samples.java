package org.answerprint.toybox;

/** Scenes and measures that several tests share. */
final class Samples {
  private Samples() {}

  /** A ball of size 0.8 in the middle of a lit place, its shadow behind it. */
  static Scene ball(Motion motion, CameraMove camera) {
    return new Scene(
        new ToyObject(Pattern.PLAIN, ToyColour.RED, Material.RUBBER, Shape.BALL, motion, 0.8, 0, 0.5, 30),
        new Setting(Place.GRASS, camera, 1.3, 0.4, 7));
  }

  /** Whether each pixel sees the object: it is nearer there than the same ground without it. */
  static boolean[] seen(Scene scene, double moment, int width, int height) {
    var depth = Renderer.serial().render(scene, moment, width, height).depth();
    var empty = withoutObject(scene, moment, width, height);
    var seen = new boolean[depth.length];
    for (int i = 0; i < depth.length; i++) {
      seen[i] = depth[i] != empty[i];
    }
    return seen;
  }

  /** The depth of the same place without an object, from the geometry alone. */
  static float[] withoutObject(Scene scene, double moment, int width, int height) {
    var camera = Camera.at(scene.setting(), moment);
    var depth = new float[width * height];
    for (int i = 0; i < depth.length; i++) {
      double across = (2 * (i % width + 0.5) - width) / height;
      double up = (height - 2 * (i / width + 0.5)) / height;
      double aside = across * camera.field();
      double upwards = up * camera.field();
      double rise = camera.forward().y() + upwards * camera.above().y();
      double way = rise < 0 ? camera.eye().y() / -rise : Double.POSITIVE_INFINITY;
      depth[i] = (float) (way * Math.sqrt(1 + aside * aside + upwards * upwards));
    }
    return depth;
  }

  /** The middle column, middle row and number of the pixels that are set. */
  static double[] middle(boolean[] pixels, int width) {
    double columns = 0;
    double rows = 0;
    int count = 0;
    for (int i = 0; i < pixels.length; i++) {
      if (pixels[i]) {
        columns += i % width;
        rows += i / width;
        count++;
      }
    }
    return new double[] {columns / count, rows / count, count};
  }

  /** The mean absolute difference of two pictures, in levels of 0 to 255. */
  static double difference(byte[] one, byte[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += Math.abs((one[i] & 255) - (other[i] & 255));
    }
    return sum / one.length;
  }
}
