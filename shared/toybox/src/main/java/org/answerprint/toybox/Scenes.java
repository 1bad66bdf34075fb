package org.answerprint.toybox;

/**
 * Scenes from seeds. All draws come from one SplitMix64 generator that starts at the seed.
 *
 * <p>{@link #of} draws, in this order: size 0.7 to 1, x -0.8 to 0.8, z -0.3 to 0.9, yaw 0 to 90 degrees, camera height
 * 1 to 1.5, light side -0.8 to 0.8, ground seed. Where the object would not stay in view over the whole clip, all
 * seven are drawn again, up to {@value #TRIES} times; of that many failures the one in view best is taken.
 *
 * <p>{@link #random} first draws pattern, colour, material, shape, motion, place and camera move, in this order and
 * each with equal chances, and then goes on as {@link #of} does.
 */
public final class Scenes {
  /** The share of the object's width and of its height that a square picture shows at every moment of the clip. */
  static final double SHARE_IN_VIEW = 0.8;

  private static final int TRIES = 100;

  private Scenes() {}

  /** A scene of random attributes and geometry. */
  public static Scene random(long seed) {
    var draws = new Draws(seed);
    var attributes = new Attributes(
        draws.oneOf(Pattern.values()),
        draws.oneOf(ToyColour.values()),
        draws.oneOf(Material.values()),
        draws.oneOf(Shape.values()),
        draws.oneOf(Motion.values()),
        draws.oneOf(Place.values()),
        draws.oneOf(CameraMove.values()));
    return arranged(attributes, draws);
  }

  /** A scene of these attributes and random geometry. */
  public static Scene of(Attributes attributes, long seed) {
    return arranged(attributes, new Draws(seed));
  }

  private static Scene arranged(Attributes attributes, Draws draws) {
    var best = drawn(attributes, draws);
    double share = Framing.shareInView(best);
    for (int tries = 1; tries < TRIES && share < SHARE_IN_VIEW; tries++) {
      var next = drawn(attributes, draws);
      double nextShare = Framing.shareInView(next);
      if (nextShare > share) {
        best = next;
        share = nextShare;
      }
    }
    return best;
  }

  private static Scene drawn(Attributes attributes, Draws draws) {
    var object = new ToyObject(
        attributes.pattern(), attributes.colour(), attributes.material(), attributes.shape(), attributes.motion(),
        draws.between(0.7, 1), draws.between(-0.8, 0.8), draws.between(-0.3, 0.9), draws.between(0, 90));
    var setting = new Setting(
        attributes.place(), attributes.camera(), draws.between(1, 1.5), draws.between(-0.8, 0.8), draws.next());
    return new Scene(object, setting);
  }
}
