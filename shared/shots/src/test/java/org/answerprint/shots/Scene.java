package org.answerprint.shots;

import java.util.Arrays;
import java.util.SplittableRandom;

/** One shot's content: a scenery, a camera that moves, light, and what disturbs them. Times are seconds of the shot. */
final class Scene {

  /** What must not be taken for a change of shot. */
  enum Disturbance {
    NONE, FLASH, STROBE, LIGHTNING, WHIP_PAN, ZOOM, SHAKE, EXPOSURE, OCCLUDER, LOGO, NOISE, TINT
  }

  private record Patch(double width, double height, double x, double y, float[] colour, Texture texture) {}

  private final Scenery scenery;
  private final float[][] palette;
  private final long seed;
  private final float gain;
  private final float lift;
  private final double panX;
  private final double panY;
  private final double zoom;
  private final double sway;
  private final double jitter;
  private final double twos;
  private Disturbance disturbance = Disturbance.NONE;
  private double from;
  private double length;
  private SplittableRandom choice = new SplittableRandom(1);
  private int style;
  private double strength;
  private Patch patch;

  Scene(SplittableRandom random, Scenery.Kind kind, float[][] palette) {
    this.palette = palette;
    seed = random.nextLong();
    scenery = Scenery.of(kind, random, palette);
    int pace = random.nextInt(10);
    double fastest = pace < 3 ? 0 : pace < 6 ? 0.15 : pace < 9 ? 0.5 : 1.2;
    panX = random.nextDouble(-1, 1) * fastest;
    panY = random.nextDouble(-0.5, 0.5) * fastest;
    zoom = pace < 3 || random.nextBoolean() ? 0 : random.nextDouble(-0.18, 0.18);
    boolean handheld = random.nextInt(3) == 0;
    sway = handheld ? random.nextDouble(0.005, 0.03) : 0;
    jitter = handheld ? random.nextDouble(0, 0.008) : 0;
    twos = random.nextInt(12) == 0 ? 1 / 12.5 : 0;
    int light = random.nextInt(8);
    gain = light == 0 ? (float) random.nextDouble(0.12, 0.3) : light < 3 ? (float) random.nextDouble(0.4, 0.7) : 1;
    lift = light == 2 ? (float) random.nextDouble(20, 110) : 0;
  }

  float[][] palette() {
    return palette;
  }

  /** The grain that a disturbance adds at a time, in levels. */
  double noise(double seconds) {
    return disturbance == Disturbance.NOISE && active(seconds) ? strength : 0;
  }

  private boolean active(double seconds) {
    return seconds >= from && seconds < from + length;
  }

  /** Chooses a disturbance's length, strength and form. */
  void disturb(Disturbance kind, double at, SplittableRandom random, double frame) {
    disturbance = kind;
    choice = random.split();
    style = random.nextInt(1 << 16);
    from = at - frame / 4;
    length = switch (kind) {
      case NONE, EXPOSURE, TINT -> 1e9;
      case FLASH -> Math.min(0.16, frame * random.nextInt(1, 5));
      case STROBE, LIGHTNING -> random.nextDouble(0.3, 1.2);
      case WHIP_PAN -> random.nextDouble(0.2, 0.45);
      case ZOOM -> random.nextDouble(0.25, 0.8);
      case SHAKE, NOISE -> random.nextDouble(0.3, 0.9);
      case OCCLUDER -> random.nextDouble(0.35, 1.1);
      case LOGO -> random.nextDouble(0.3, 2);
    };
    strength = switch (kind) {
      case FLASH -> random.nextDouble(90, 240);
      case STROBE, LIGHTNING -> random.nextDouble(1.8, 3.5);
      case WHIP_PAN -> random.nextDouble(1, 3) * (random.nextBoolean() ? 1 : -1);
      case ZOOM -> random.nextDouble(0.4, 1) * (random.nextInt(3) == 0 ? -1 : 1);
      case SHAKE -> random.nextDouble(0.03, 0.09);
      case NOISE -> random.nextDouble(10, 35);
      default -> random.nextBoolean() ? random.nextDouble(0.4, 0.6) : random.nextDouble(1.5, 2.2);
    };
    if (kind == Disturbance.OCCLUDER || kind == Disturbance.LOGO) {
      boolean logo = kind == Disturbance.LOGO;
      float[] colour = {random.nextInt(256), random.nextInt(256), random.nextInt(256)};
      patch = new Patch(random.nextDouble(0.3, logo ? 0.8 : 1.8), random.nextDouble(0.15, logo ? 0.45 : 1.2),
          random.nextDouble(-0.6, 0.6), random.nextDouble(-0.3, 0.4), colour,
          Texture.painted(random, Scenery.palette(random), 8, 0.5f));
    }
  }

  /** The picture at a time, RGB, 0 to 255; {@code frame} is the time from one frame to the next. */
  float[] render(double moment, double frame, int width, int height) {
    double seconds = twos > 0 ? twos * Math.floor(moment / twos + 1e-6) : moment;
    float[] out = new float[width * height * 3];
    double progress = Math.clamp((seconds - from) / length, 0, 1);
    boolean active = active(seconds);
    double eased = progress * progress * (3 - 2 * progress);
    double whip = disturbance == Disturbance.WHIP_PAN ? strength * eased : 0;
    double magnify = Math.exp(zoom * seconds + (disturbance == Disturbance.ZOOM ? strength * eased : 0));
    SplittableRandom shake = new SplittableRandom(seed + (long) Math.floor(seconds / frame + 0.5) * 7919);
    double amount = jitter + (disturbance == Disturbance.SHAKE && active ? strength : 0);
    double x = panX * seconds + whip + sway * Math.sin(4 * seconds + seed % 7) + shake.nextDouble(-1, 1) * amount;
    double y = panY * seconds + sway * Math.sin(5.3 * seconds + seed % 5) + shake.nextDouble(-1, 1) * amount;
    boolean blurred = active && disturbance == Disturbance.WHIP_PAN;
    double smear = blurred ? strength * 6 * progress * (1 - progress) / length * frame * 0.5 : 0;
    scenery.moment(seconds, x, y);
    int taps = blurred ? 5 : 1;
    for (int tap = 0; tap < taps; tap++) {
      shoot(out, width, height, x + smear * tap / taps, y, magnify, 1f / taps);
    }
    cover(out, width, height, progress, active);
    light(out, seconds, frame, active);
    return out;
  }

  private void shoot(float[] out, int width, int height, double x, double y, double magnify, float weight) {
    double[] across = new double[width];
    for (int column = 0; column < width; column++) {
      across[column] = x + ((column + 0.5) - width / 2.0) / height / magnify;
    }
    for (int row = 0; row < height; row++) {
      double v = y + ((row + 0.5) / height - 0.5) / magnify;
      for (int column = 0; column < width; column++) {
        scenery.add(across[column], v, weight, out, 3 * (row * width + column));
      }
    }
  }

  private void cover(float[] out, int width, int height, double progress, boolean active) {
    if (patch == null || !active) {
      return;
    }
    double reach = (double) width / height / 2 + patch.width / 2;
    double along = (2 * progress - 1) * reach * ((style & 1) == 0 ? 1 : -1);
    double centre = disturbance == Disturbance.LOGO ? patch.x : along;
    boolean plain = (style & 2) == 0;
    for (int row = 0; row < height; row++) {
      double v = (row + 0.5) / height - 0.5 - patch.y;
      for (int column = 0; column < width; column++) {
        double u = (column + 0.5 - width / 2.0) / height - centre;
        if (Math.abs(v) < patch.height / 2 && Math.abs(u) < patch.width / 2) {
          int at = 3 * (row * width + column);
          Arrays.fill(out, at, at + 3, 0);
          if (plain) {
            System.arraycopy(patch.colour, 0, out, at, 3);
          } else {
            patch.texture.add(130 * u, 130 * v, 1, out, at);
          }
        }
      }
    }
  }

  private void light(float[] out, double seconds, double frame, boolean active) {
    float multiply = gain;
    float add = lift;
    int beat = (int) Math.floor((seconds - from) / frame + 0.5);
    switch (disturbance) {
      case FLASH -> add += active ? (float) (strength * ((style & 1) == 0 ? 1 : 1 - (seconds - from) / length)) : 0;
      case STROBE -> {
        boolean on = active && beat / (2 + style % 3) % 2 == 0;
        multiply *= !on ? 1 : (style & 64) == 0 ? (float) strength : 0.08f;
        add += on && (style & 192) == 128 ? 130 : 0;
      }
      case LIGHTNING -> {
        int hold = Math.max(1, (int) Math.round(0.06 / frame));
        boolean on = active && new SplittableRandom(style + beat / hold).nextInt(5) < 2;
        multiply *= on ? (float) strength : 1;
        add += on ? 50 : 0;
      }
      case EXPOSURE -> {
        double ramp = (style & 1) == 0 ? 1 : Math.clamp((seconds - from) / 0.5, 0, 1);
        multiply *= seconds >= from ? (float) (1 + ramp * (strength - 1)) : 1;
      }
      default -> { }
    }
    boolean tinted = disturbance == Disturbance.TINT && active;
    for (int i = 0; i < out.length; i++) {
      float cast = !tinted ? 1 : i % 3 == style % 3 ? 1.3f : i % 3 == (style + 1) % 3 ? 0.7f : 1;
      out[i] = Math.clamp(out[i] * multiply * cast + add, 0, 255);
    }
  }
}
