package org.answerprint.toybox;

/** The object's surface at one moment: its paint, and how it answers the light. Safe to share between threads. */
final class Surface {
  private static final double AMBIENT = 0.3;
  private static final double LAMBERT = 0.75;
  private static final double METAL_LAMBERT = 0.35;
  private static final double MIRROR = 0.95;
  private static final double HIGHLIGHT = 0.9;
  private static final double STREAK = 0.3;
  private static final double STRIPES = 5;
  private static final double CHECKS = 4.2;
  private static final double SLANT_UP = 0.88;
  private static final double SLANT_ACROSS = 0.475;

  private final Colour paint;
  private final Colour second;
  private final Pattern pattern;
  private final boolean metal;
  private final boolean slanted;
  private final double perHalfStripe;
  private final double perHalfCheck;
  private final Pose pose;
  private final Vec light;
  private final double lightRise;
  private final Surroundings surroundings;

  Surface(Scene scene, Pose pose, Surroundings surroundings) {
    var object = scene.object();
    this.paint = object.colour().paint();
    this.second = object.colour().secondPaint();
    this.pattern = object.pattern();
    this.metal = object.material() == Material.METAL;
    this.slanted = object.shape() == Shape.BALL;
    this.perHalfStripe = STRIPES / (object.size() * Math.PI);
    this.perHalfCheck = CHECKS / (object.size() * Math.PI);
    this.pose = pose;
    this.light = pose.toObject(scene.setting().light());
    this.lightRise = scene.setting().light().y();
    this.surroundings = surroundings;
  }

  /**
   * The colour seen at a point of the surface.
   *
   * @param x the point in the object's own frame, with {@code y} and {@code z}
   * @param hit the normal there; it is used up
   * @param towardsX the ray's direction in the object's own frame, with {@code towardsY} and {@code towardsZ}, length 1
   * @param distance how far the ray has come
   * @param spacing how far apart neighbouring samples are here
   */
  void shade(double x, double y, double z, Hit hit, double towardsX, double towardsY, double towardsZ,
      double distance, double spacing, Tint tint) {
    var base = isSecond(x, y, z) ? second : paint;
    double facing = hit.normalX * light.x() + hit.normalY * light.y() + hit.normalZ * light.z();
    double matt = AMBIENT + LAMBERT * Math.max(0, facing);
    if (!metal) {
      tint.set(base.red() * matt, base.green() * matt, base.blue() * matt);
      return;
    }
    double back = -2 * (hit.normalX * towardsX + hit.normalY * towardsY + hit.normalZ * towardsZ);
    double mirrorX = towardsX + back * hit.normalX;
    double mirrorY = towardsY + back * hit.normalY;
    double mirrorZ = towardsZ + back * hit.normalZ;
    mirrored(x, y, z, mirrorX, mirrorY, mirrorZ, distance, spacing, tint, hit);
    double grey = 0.299 * tint.red + 0.587 * tint.green + 0.114 * tint.blue;
    double shine = shine(mirrorX, mirrorY, mirrorZ);
    double own = METAL_LAMBERT * matt;
    tint.set(
        base.red() * (own + MIRROR * 0.5 * (tint.red + grey)) + shine,
        base.green() * (own + MIRROR * 0.5 * (tint.green + grey)) + shine,
        base.blue() * (own + MIRROR * 0.5 * (tint.blue + grey)) + shine);
  }

  /** The sky or the ground that a mirror at this point shows in this direction, both in the object's own frame. */
  private void mirrored(double x, double y, double z, double towardsX, double towardsY, double towardsZ,
      double distance, double spacing, Tint tint, Hit scratch) {
    double rise = towardsX * pose.xAxis().y() + towardsY * pose.yAxis().y() + towardsZ * pose.zAxis().y();
    if (rise >= 0) {
      surroundings.sky(rise, tint);
      return;
    }
    double height = pose.centre().y() + x * pose.xAxis().y() + y * pose.yAxis().y() + z * pose.zAxis().y();
    double way = Math.max(0, height) / -rise;
    double groundX = x + way * towardsX;
    double groundY = y + way * towardsY;
    double groundZ = z + way * towardsZ;
    double worldX = pose.centre().x()
        + groundX * pose.xAxis().x() + groundY * pose.yAxis().x() + groundZ * pose.zAxis().x();
    double worldZ = pose.centre().z()
        + groundX * pose.xAxis().z() + groundY * pose.yAxis().z() + groundZ * pose.zAxis().z();
    surroundings.ground(worldX, worldZ, distance + way, spacing * (1 + way / -rise) * 2, tint, scratch);
  }

  private boolean isSecond(double x, double y, double z) {
    return switch (pattern) {
      case PLAIN -> false;
      case STRIPED -> sineIsPositive((slanted ? SLANT_UP * y + SLANT_ACROSS * x : y) * perHalfStripe);
      case CHECKED -> sineIsPositive(x * perHalfCheck)
          ^ sineIsPositive(y * perHalfCheck)
          ^ sineIsPositive(z * perHalfCheck);
    };
  }

  /** Whether the sine of so many half turns is positive. */
  private static boolean sineIsPositive(double halfTurns) {
    int whole = (int) halfTurns;
    return ((halfTurns < whole ? whole - 1 : whole) & 1) == 0;
  }

  /** A spot where the mirror shows the light, and a faint streak above and below it, as brushed metal has. */
  private double shine(double towardsX, double towardsY, double towardsZ) {
    double along = towardsX * light.x() + towardsY * light.y() + towardsZ * light.z();
    double rise = towardsX * pose.xAxis().y() + towardsY * pose.yAxis().y() + towardsZ * pose.zAxis().y();
    double level = along - rise * lightRise;
    double square = level * level / ((1 - lightRise * lightRise) * Math.max(1e-9, 1 - rise * rise));
    double streak = level > 0 ? STREAK * square * square * square * square * square * square : 0;
    return HIGHLIGHT * power60(Math.max(0, along)) + streak;
  }

  private static double power60(double value) {
    double second = value * value;
    double fourth = second * second;
    double eighth = fourth * fourth;
    double sixteenth = eighth * eighth;
    return sixteenth * sixteenth * sixteenth * eighth * fourth;
  }
}
