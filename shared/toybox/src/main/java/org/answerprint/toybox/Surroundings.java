package org.answerprint.toybox;

/** Sky and ground at one moment, with the object's shadow on the ground. Safe to share between threads. */
final class Surroundings {
  private static final double VARIATION = 0.25;
  private static final double COARSE_SHARE = 0.6;
  private static final double FADE = 12;
  private static final double HAZE_FROM = 8;
  private static final double HAZE_TO = 38;
  private static final double SHADOW = 0.45;
  private static final double CROWDING = 0.5;
  private static final double CROWDING_FROM = 0.1;
  private static final double ZENITH_FROM = 0.65;

  private final Colour ground;
  private final Colour horizon;
  private final Colour zenith;
  private final GroundNoise noise;
  private final Vec light;
  private final Vec lightInObject;
  private final Pose pose;
  private final Solid solid;
  private final double reachSquare;
  private final double sizeSquare;

  Surroundings(Scene scene, Pose pose, Solid solid) {
    var place = scene.setting().place();
    this.ground = place.ground();
    this.horizon = place.horizon();
    this.zenith = place.zenith();
    this.noise = new GroundNoise(scene.setting().groundSeed());
    this.light = scene.setting().light();
    this.lightInObject = pose.toObject(light);
    this.pose = pose;
    this.solid = solid;
    this.reachSquare = solid.reach() * solid.reach();
    this.sizeSquare = scene.object().size() * scene.object().size();
  }

  /** The sky in a direction whose vertical part, at length 1, is {@code rise}. */
  void sky(double rise, Tint tint) {
    double high = Math.clamp(rise / ZENITH_FROM, 0, 1);
    tint.between(horizon, zenith, high * (2 - high));
  }

  /**
   * The ground at a point.
   *
   * @param distance how far from the camera the light has come
   * @param spacing how far apart neighbouring samples are on the ground: texture finer than they can show is left out
   */
  void ground(double x, double z, double distance, double spacing, Tint tint, Hit scratch) {
    double haze = (distance - HAZE_FROM) * (1 / (HAZE_TO - HAZE_FROM));
    if (haze >= 1) {
      tint.set(horizon.red(), horizon.green(), horizon.blue());
      return;
    }
    double strength = VARIATION / (1 + distance * distance * (1 / (FADE * FADE)));
    double texture = 1 + noise.at(x, z,
        strength * COARSE_SHARE * resolved(spacing * GroundNoise.COARSE),
        strength * (1 - COARSE_SHARE) * resolved(spacing * GroundNoise.FINE));
    double brightness = texture * lit(x, z, scratch);
    double rest = haze > 0 ? 1 - haze : 1;
    double kept = brightness * rest;
    double hazy = 1 - rest;
    tint.set(
        ground.red() * kept + horizon.red() * hazy,
        ground.green() * kept + horizon.green() * hazy,
        ground.blue() * kept + horizon.blue() * hazy);
  }

  /** 1 where a cell of noise is well sampled, falling to 0 where there are three cells to a sample. */
  private static double resolved(double cells) {
    return cells <= 1 ? 1 : cells >= 3 ? 0 : (3 - cells) * 0.5;
  }

  /** How much light reaches the ground: less in the shadow, and a little less close to the object. */
  private double lit(double x, double z, Hit scratch) {
    double toX = pose.centre().x() - x;
    double toY = pose.centre().y();
    double toZ = pose.centre().z() - z;
    double square = toX * toX + toY * toY + toZ * toZ;
    double along = toX * light.x() + toY * light.y() + toZ * light.z();
    double lit = 1;
    if (square - along * along < reachSquare && shadowed(-toX, -toY, -toZ, scratch)) {
      lit = SHADOW;
    }
    if (square * CROWDING_FROM < sizeSquare) {
      double crowding = Math.min(1, sizeSquare / square) - CROWDING_FROM;
      lit *= 1 - CROWDING * crowding * crowding;
    }
    return lit;
  }

  private boolean shadowed(double x, double y, double z, Hit scratch) {
    var own = pose.xAxis();
    double inX = x * own.x() + y * own.y() + z * own.z();
    own = pose.yAxis();
    double inY = x * own.x() + y * own.y() + z * own.z();
    own = pose.zAxis();
    double inZ = x * own.x() + y * own.y() + z * own.z();
    return solid.meets(inX, inY, inZ, lightInObject.x(), lightInObject.y(), lightInObject.z(), scratch);
  }
}
