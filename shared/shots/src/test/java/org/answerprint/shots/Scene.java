package org.answerprint.shots;

import java.util.SplittableRandom;

/**
 * One shot's content: a textured or flat ground, things that move over it, a camera, and what disturbs it. Rendered at
 * twice the analysis size, so that noise and edges average as in real reductions.
 */
final class Scene {

  static final int WIDTH = 2 * ShotDetector.SPEC.width();
  static final int HEIGHT = 2 * ShotDetector.SPEC.height();

  /** What must not be taken for a change of shot. */
  enum Disturbance { NONE, FLASH, STROBE, LIGHTNING, WHIP_PAN, ZOOM, SHAKE, EXPOSURE, OCCLUDER }

  private record Thing(float x, float y, float vx, float vy, float radius, float[] colour, boolean striped) {}

  private final Texture texture;
  private final float[][] palette;
  private final Thing[] things;
  private final boolean flat;
  private final float gain;
  private final float panX;
  private final float panY;
  private final float zoom;
  private final float wobble;
  private final float originX;
  private final float originY;
  private final long seed;
  private Disturbance disturbance = Disturbance.NONE;
  private int from;
  private int length;

  Scene(SplittableRandom random, float[][] palette) {
    this.palette = palette;
    seed = random.nextLong();
    flat = random.nextInt(4) == 0;
    texture = new Texture(random, palette, 4 << random.nextInt(3), (float) random.nextDouble(0.35, 0.75));
    boolean still = random.nextInt(4) == 0;
    panX = still ? 0 : (float) (random.nextDouble(-1, 1) * random.nextDouble(3));
    panY = still ? 0 : (float) (random.nextDouble(-0.5, 0.5) * random.nextDouble(2));
    zoom = still || random.nextBoolean() ? 0 : (float) random.nextDouble(-0.006, 0.006);
    wobble = random.nextInt(3) == 0 ? (float) random.nextDouble(0.5, 2) : 0;
    originX = random.nextInt(Texture.SIZE);
    originY = random.nextInt(Texture.SIZE);
    int dark = random.nextInt(6);
    gain = dark == 0 ? (float) random.nextDouble(0.12, 0.3) : dark == 1 ? (float) random.nextDouble(0.4, 0.7) : 1;
    things = new Thing[flat ? 1 + random.nextInt(2) : random.nextInt(4)];
    for (int i = 0; i < things.length; i++) {
      float[] colour = {random.nextInt(256), random.nextInt(256), random.nextInt(256)};
      things[i] = new Thing(random.nextInt(WIDTH), random.nextInt(HEIGHT / 3, HEIGHT),
          still && !flat ? 0 : (float) random.nextDouble(-3, 3), (float) random.nextDouble(-1, 1),
          (float) random.nextDouble(8, flat ? 35 : 26), colour, random.nextBoolean());
    }
  }

  static float[][] palette(SplittableRandom random) {
    float[][] palette = new float[2 + random.nextInt(3)][];
    float low = random.nextInt(100);
    float high = low + 60 + random.nextInt(96);
    for (int i = 0; i < palette.length; i++) {
      palette[i] = new float[] {
          (float) random.nextDouble(low, high), (float) random.nextDouble(low, high),
          (float) random.nextDouble(low, high)};
    }
    float[] first = palette[0];
    float[] last = palette[palette.length - 1];
    for (int c = 0; c < 3; c++) {
      first[c] = 0.5f * first[c];
      last[c] = Math.min(255, last[c] * 1.25f);
    }
    return palette;
  }

  float[][] palette() {
    return palette;
  }

  void disturb(Disturbance kind, int at, int frames) {
    disturbance = kind;
    from = at;
    length = frames;
  }

  /** The picture of a frame of this shot; RGB, 0 to 255. */
  float[] render(int frame) {
    float[] out = new float[WIDTH * HEIGHT * 3];
    float progress = Math.clamp((float) (frame - from) / Math.max(1, length), 0, 1);
    boolean active = frame >= from && frame < from + length;
    float speed = disturbance == Disturbance.WHIP_PAN && active ? 30 : 0;
    float whip = disturbance == Disturbance.WHIP_PAN ? 30f * Math.clamp(frame - from, 0, length) : 0;
    float scale = (float) Math.exp(zoom * frame + (disturbance == Disturbance.ZOOM ? 0.7 * progress : 0));
    SplittableRandom shake = new SplittableRandom(seed + frame);
    float amount = wobble + (disturbance == Disturbance.SHAKE && active ? 8 : 0);
    float jx = (float) shake.nextDouble(-amount, amount + 1e-6);
    float jy = (float) shake.nextDouble(-amount, amount + 1e-6);
    int taps = speed > 0 ? 6 : 1;
    for (int k = 0; k < taps; k++) {
      float camX = panX * frame + whip + jx + speed * k / taps;
      ground(out, camX, panY * frame + jy, scale, 1f / taps);
    }
    for (Thing thing : things) {
      draw(out, thing, frame, panX * frame + whip + jx, panY * frame + jy, scale);
    }
    if (disturbance == Disturbance.OCCLUDER && active) {
      occlude(out, progress);
    }
    light(out, frame, active);
    return out;
  }

  private void ground(float[] out, float camX, float camY, float scale, float weight) {
    for (int y = 0; y < HEIGHT; y++) {
      float wy = originY + (y - HEIGHT / 2f) / scale + camY;
      for (int x = 0; x < WIDTH; x++) {
        int at = 3 * (y * WIDTH + x);
        if (flat) {
          boolean sky = (y - HEIGHT / 2f) / scale + camY < -HEIGHT / 6f;
          float[] colour = sky ? palette[palette.length - 1] : palette[0];
          float shade = 1 + 0.15f * (y - HEIGHT / 2f) / HEIGHT;
          for (int c = 0; c < 3; c++) {
            out[at + c] += weight * shade * colour[c];
          }
        } else {
          texture.add(originX + (x - WIDTH / 2f) / scale + camX, wy, weight, out, at);
        }
      }
    }
  }

  private void draw(float[] out, Thing thing, int frame, float camX, float camY, float scale) {
    float wrap = WIDTH + 120f;
    float px = ((thing.x + thing.vx * frame - camX) % wrap + wrap) % wrap - 60;
    float cx = WIDTH / 2f + (px - WIDTH / 2f) * scale;
    float cy = HEIGHT / 2f + (thing.y + 6 * (float) Math.sin(thing.vy * frame * 0.2) - camY - HEIGHT / 2f) * scale;
    float r = thing.radius * scale;
    for (int y = Math.max(0, (int) (cy - r)); y < Math.min(HEIGHT, cy + r); y++) {
      for (int x = Math.max(0, (int) (cx - r)); x < Math.min(WIDTH, cx + r); x++) {
        float d2 = ((x - cx) * (x - cx) + (y - cy) * (y - cy)) / (r * r);
        if (d2 < 1) {
          boolean stripe = thing.striped && ((int) ((x - cx) / r * 4 + 8) & 1) == 0;
          float shade = (1 - 0.5f * d2) * (stripe ? 0.4f : 1);
          for (int c = 0; c < 3; c++) {
            out[3 * (y * WIDTH + x) + c] = shade * thing.colour[c];
          }
        }
      }
    }
  }

  private void occlude(float[] out, float progress) {
    float left = -0.6f * WIDTH + 1.6f * WIDTH * progress;
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = (int) Math.max(0, left); x < Math.min(WIDTH, left + 0.5f * WIDTH); x++) {
        for (int c = 0; c < 3; c++) {
          out[3 * (y * WIDTH + x) + c] = 40 + 8 * c;
        }
      }
    }
  }

  private void light(float[] out, int frame, boolean active) {
    float multiply = gain;
    float add = 0;
    SplittableRandom random = new SplittableRandom(seed ^ frame);
    switch (disturbance) {
      case FLASH -> add = active ? 170 : 0;
      case STROBE -> multiply *= active && (frame / 2 & 1) == 0 ? 2.4f : 1;
      case LIGHTNING -> {
        multiply *= active && random.nextInt(3) == 0 ? 3 : 1;
        add = multiply > gain ? 60 : 0;
      }
      case EXPOSURE -> multiply *= frame >= from ? 0.45f : 1;
      default -> { }
    }
    for (int i = 0; i < out.length; i++) {
      out[i] = Math.clamp(out[i] * multiply + add, 0, 255);
    }
  }
}
