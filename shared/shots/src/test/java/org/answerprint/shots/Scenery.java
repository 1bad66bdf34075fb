package org.answerprint.shots;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.answerprint.toybox.Renderer;
import org.answerprint.toybox.Rendering;
import org.answerprint.toybox.Scenes;

/** What a camera is pointed at: a colour for every place, endless in all directions, that may change with time. */
abstract class Scenery {

  /** The kinds of content; thresholds and weights are chosen on the first five and reported on the others. */
  enum Kind {
    CLOUDS, NATURAL, PARALLAX, SHAPES, WATER, FACES, PATTERN, CROWD, TOYBOX;

    static final List<Kind> CHOSEN_ON = List.of(CLOUDS, NATURAL, PARALLAX, SHAPES, WATER);
    static final List<Kind> HELD_OUT = List.of(FACES, PATTERN, CROWD, TOYBOX);
  }

  /** Goes to a moment, with the camera at a place. */
  void moment(double seconds, double cameraX, double cameraY) {}

  /** Adds {@code weight} times the colour at a place, in picture heights right and down of the middle. */
  abstract void add(double x, double y, float weight, float[] out, int at);

  static Scenery of(Kind kind, SplittableRandom random, float[][] palette) {
    return switch (kind) {
      case CLOUDS -> new Painted(Texture.painted(random, palette, 4 << random.nextInt(3), rough(random)), random);
      case NATURAL -> new Painted(Texture.natural(random, palette), random);
      case PARALLAX -> new Parallax(random, palette);
      case SHAPES -> new Shapes(random, palette);
      case WATER -> new Water(random, palette);
      case FACES -> new Faces(random, palette);
      case PATTERN -> new Patterned(random, palette);
      case CROWD -> new Crowd(random, palette);
      case TOYBOX -> new Toys(random);
    };
  }

  private static float rough(SplittableRandom random) {
    return (float) random.nextDouble(0.35, 0.75);
  }

  static float[][] palette(SplittableRandom random) {
    float[][] palette = new float[2 + random.nextInt(3)][];
    float low = random.nextInt(100);
    float high = low + 60 + random.nextInt(96);
    for (int i = 0; i < palette.length; i++) {
      palette[i] = colour(random, low, high);
    }
    float[] first = palette[0];
    float[] last = palette[palette.length - 1];
    for (int c = 0; c < 3; c++) {
      first[c] = 0.5f * first[c];
      last[c] = Math.min(255, last[c] * 1.25f);
    }
    return palette;
  }

  private static float[] colour(SplittableRandom random, double low, double high) {
    return new float[] {
        (float) random.nextDouble(low, high), (float) random.nextDouble(low, high), (float) random.nextDouble(low, high)};
  }

  private static void put(float[] colour, float weight, float[] out, int at) {
    for (int c = 0; c < 3; c++) {
      out[at + c] += weight * colour[c];
    }
  }

  private static final class Painted extends Scenery {
    private final Texture texture;
    private final double scale;
    private final double left;
    private final double top;

    Painted(Texture texture, SplittableRandom random) {
      this.texture = texture;
      scale = random.nextDouble(90, 200);
      left = random.nextInt(Texture.SIZE);
      top = random.nextInt(Texture.SIZE);
    }

    @Override
    void add(double x, double y, float weight, float[] out, int at) {
      texture.add(left + x * scale, top + y * scale, weight, out, at);
    }
  }

  /** Three layers, the nearer the faster. */
  private static final class Parallax extends Scenery {
    private final Texture far;
    private final Texture mid;
    private final Texture near;
    private final Texture mask;
    private final double start;
    private double cameraX;
    private double cameraY;

    Parallax(SplittableRandom random, float[][] palette) {
      far = Texture.painted(random, palette, 4, rough(random));
      mid = Texture.painted(random, palette(random), 8, rough(random));
      near = Texture.natural(random, palette);
      mask = Texture.painted(random, new float[][] {{0, 0, 0}, {255, 255, 255}}, 4, 0.3f);
      start = random.nextInt(Texture.SIZE);
    }

    @Override
    void moment(double seconds, double x, double y) {
      cameraX = x;
      cameraY = y;
    }

    @Override
    void add(double x, double y, float weight, float[] out, int at) {
      double nearX = start + 150 * (x + 0.7 * cameraX);
      double nearY = 150 * (y + 0.7 * cameraY);
      if (mask.red(0.7 * nearX, 0.7 * nearY) > 165) {
        near.add(nearX, nearY, weight, out, at);
      } else if (mask.red(90 + start + 110 * x, 70 + 110 * y) > 150) {
        mid.add(start + 130 * x, 130 * y, weight, out, at);
      } else {
        far.add(start + 120 * (x - 0.6 * cameraX), 120 * (y - 0.6 * cameraY), weight, out, at);
      }
    }
  }

  /** Plain ground and sky with a few things that move. */
  private static final class Shapes extends Scenery {

    private record Thing(double x, double y, double vx, double vy, double size, boolean box, boolean striped,
        float[] colour) {}

    private final float[][] palette;
    private final List<Thing> things = new ArrayList<>();
    private double time;

    Shapes(SplittableRandom random, float[][] palette) {
      this.palette = palette;
      int count = 2 + random.nextInt(4);
      for (int i = 0; i < count; i++) {
        things.add(new Thing(random.nextDouble(-1, 1), random.nextDouble(-0.3, 0.5), random.nextDouble(-0.6, 0.6),
            random.nextDouble(-3, 3), random.nextDouble(0.08, 0.3), random.nextBoolean(), random.nextBoolean(),
            colour(random, 0, 255)));
      }
    }

    @Override
    void moment(double seconds, double x, double y) {
      time = seconds;
    }

    @Override
    void add(double x, double y, float weight, float[] out, int at) {
      for (int i = things.size() - 1; i >= 0; i--) {
        Thing thing = things.get(i);
        double px = wrap(thing.x + thing.vx * time - x + 1.5, 3) - 1.5;
        double py = thing.y + 0.06 * Math.sin(thing.vy * time) - y;
        double distance = thing.box ? Math.max(Math.abs(px), Math.abs(py)) : Math.sqrt(px * px + py * py);
        if (distance < thing.size) {
          boolean stripe = thing.striped && ((int) Math.floor(px / thing.size * 4) & 1) == 0;
          float d = (float) (distance / thing.size);
          put(thing.colour, weight * (1 - 0.5f * d * d) * (stripe ? 0.4f : 1), out, at);
          return;
        }
      }
      float shade = (float) (1 + 0.15 * Math.clamp(y, -0.5, 0.5));
      put(palette[y < -0.15 ? palette.length - 1 : 0], weight * shade, out, at);
    }

    private static double wrap(double value, double period) {
      return value - period * Math.floor(value / period);
    }
  }

  /** Two textures that cross each other, so that no shift explains the motion. */
  private static final class Water extends Scenery {
    private final Texture one;
    private final Texture two;
    private final double speed;
    private final double angle;
    private double time;

    Water(SplittableRandom random, float[][] palette) {
      one = Texture.painted(random, palette, 8, rough(random));
      two = Texture.painted(random, palette, 8, rough(random));
      speed = random.nextDouble(5, 45);
      angle = random.nextDouble(6.28);
    }

    @Override
    void moment(double seconds, double x, double y) {
      time = seconds;
    }

    @Override
    void add(double x, double y, float weight, float[] out, int at) {
      double u = speed * time * Math.cos(angle);
      double v = speed * time * Math.sin(angle);
      one.add(130 * x + u, 130 * y + v, 0.5f * weight, out, at);
      two.add(110 * x - u, 110 * y - 0.7 * v, 0.5f * weight, out, at);
    }
  }

  /** One to three talking heads before something out of focus. */
  private static final class Faces extends Scenery {

    private record Face(double x, double y, double size, double rate, double phase, float[] skin, float[] hair,
        float[] clothes) {}

    private final Texture ground;
    private final List<Face> faces = new ArrayList<>();
    private final float[] dark = {25, 20, 20};
    private final float[] lips = {150, 60, 60};
    private double[] nods;
    private double[] rises;
    private double time;

    Faces(SplittableRandom random, float[][] palette) {
      ground = Texture.painted(random, palette, 4, 0.25f);
      int count = 1 + random.nextInt(3);
      for (int i = 0; i < count; i++) {
        float tone = (float) random.nextDouble(0.35, 1);
        faces.add(new Face((i - (count - 1) / 2.0) * 0.5 + random.nextDouble(-0.1, 0.1), random.nextDouble(-0.1, 0.1),
            random.nextDouble(0.14, count == 1 ? 0.4 : 0.22), random.nextDouble(4, 16), random.nextDouble(6),
            new float[] {235 * tone, 185 * tone, 150 * tone}, colour(random, 10, 120), colour(random, 20, 220)));
      }
    }

    @Override
    void moment(double seconds, double x, double y) {
      time = seconds;
      nods = faces.stream().mapToDouble(face -> 0.12 * Math.sin(face.phase + 1.3 * time)).toArray();
      rises = faces.stream().mapToDouble(face -> 0.1 * Math.sin(face.phase + 0.9 * time)).toArray();
    }

    @Override
    void add(double x, double y, float weight, float[] out, int at) {
      for (int i = 0; i < nods.length; i++) {
        Face face = faces.get(i);
        double u = (x - face.x) / face.size + nods[i];
        double v = (y - face.y) / face.size + rises[i];
        if (1.6 * u * u + v * v < 1) {
          put(part(face, u, v), weight * (float) (1 - 0.25 * (u * u + v * v) + 0.12 * u), out, at);
          return;
        }
        if (v > 0.8 && u * u < 0.5 + 1.2 * (v - 0.8)) {
          put(face.clothes, weight * (float) (0.8 + 0.2 * Math.cos(3 * u)), out, at);
          return;
        }
      }
      ground.add(70 * x, 70 * y, weight, out, at);
    }

    private float[] part(Face face, double u, double v) {
      double open = 0.05 + 0.09 * Math.max(0, Math.sin(face.rate * time));
      boolean blink = Math.floorMod((int) ((time + face.phase) * 10), 31) == 0;
      double eye = Math.abs(Math.abs(u) - 0.3);
      if (v < -0.5 + 0.3 * u * u) {
        return face.hair;
      }
      if (!blink && eye * eye + (v + 0.15) * (v + 0.15) < 0.008) {
        return dark;
      }
      return u * u / 6 + (v - 0.5) * (v - 0.5) < open * open ? lips : face.skin;
    }
  }

  /** Checks, stripes or rings with sharp edges, turned by some angle. */
  private static final class Patterned extends Scenery {
    private final float[][] palette;
    private final double cos;
    private final double sin;
    private final double fine;
    private final int form;
    private final Texture dirt;

    Patterned(SplittableRandom random, float[][] palette) {
      this.palette = palette;
      double angle = random.nextDouble(3.14);
      cos = Math.cos(angle);
      sin = Math.sin(angle);
      fine = random.nextDouble(3, 12);
      form = random.nextInt(3);
      dirt = Texture.painted(random, palette, 4, 0.6f);
    }

    @Override
    void add(double x, double y, float weight, float[] out, int at) {
      double u = fine * (cos * x + sin * y);
      double v = fine * (cos * y - sin * x);
      int step = switch (form) {
        case 0 -> (int) Math.floor(u);
        case 1 -> (int) Math.floor(u) + (int) Math.floor(v);
        default -> (int) Math.sqrt(u * u + v * v);
      };
      put(palette[Math.floorMod(step, palette.length)], 0.65f * weight, out, at);
      dirt.add(110 * x, 110 * y, 0.35f * weight, out, at);
    }
  }

  /** Many small things, each on its own way. */
  private static final class Crowd extends Scenery {
    private final float[][] palette;
    private final int salt;
    private final double rate;
    private final double fine;
    private double time;
    private int column;
    private int row;
    private int hash;
    private double across;
    private double down;

    Crowd(SplittableRandom random, float[][] palette) {
      this.palette = palette;
      salt = random.nextInt();
      rate = random.nextDouble(1, 7);
      fine = random.nextDouble(5, 13);
    }

    @Override
    void moment(double seconds, double x, double y) {
      time = seconds;
      look(0, 0);
    }

    /** Turns to the thing of a cell, and to where that has gone; the next place mostly is in the same cell. */
    private void look(int i, int j) {
      column = i;
      row = j;
      hash = (i * 73_856_093 ^ j * 19_349_663 ^ salt) * 0x9E3779B1;
      hash ^= hash >>> 15;
      double phase = hash & 1023;
      across = 0.3 * Math.sin(rate * time + phase);
      down = 0.3 * Math.cos(0.8 * rate * time + 1.7 * phase);
    }

    @Override
    void add(double x, double y, float weight, float[] out, int at) {
      int i = (int) Math.floor(x * fine);
      int j = (int) Math.floor(y * fine);
      if (i != column || j != row) {
        look(i, j);
      }
      double u = x * fine - i - 0.5 - across;
      double v = y * fine - j - 0.5 - down;
      float size = 0.08f + (hash >>> 10 & 63) / 500f;
      float[] colour = palette[u * u + v * v < size ? 1 + Math.floorMod(hash >>> 16, palette.length - 1) : 0];
      float light = 0.7f + (hash >>> 24 & 63) / 120f;
      put(colour, weight * light, out, at);
    }
  }

  /** A ray-traced scene of the toybox; mirrored beyond its edges, as its picture has some. */
  private static final class Toys extends Scenery {
    private static final int HEIGHT = 72;
    private static final int WIDTH = 128;
    private static final int MOMENTS = 48;
    private final org.answerprint.toybox.Scene scene;
    private final Rendering[] pictures = new Rendering[MOMENTS];
    private Rendering picture;

    Toys(SplittableRandom random) {
      scene = Scenes.random(random.nextLong());
    }

    @Override
    void moment(double seconds, double x, double y) {
      double along = seconds / 4 - 2 * Math.floor(seconds / 8);
      int index = Math.clamp((int) (MOMENTS * (along > 1 ? 2 - along : along)), 0, MOMENTS - 1);
      if (pictures[index] == null) {
        pictures[index] = Renderer.serial().render(scene, index, MOMENTS, WIDTH, HEIGHT);
      }
      picture = pictures[index];
    }

    @Override
    void add(double x, double y, float weight, float[] out, int at) {
      int column = mirrored((int) Math.floor(x * HEIGHT + WIDTH / 2.0), WIDTH);
      int row = mirrored((int) Math.floor(y * HEIGHT + HEIGHT / 2.0), HEIGHT);
      int from = 3 * (row * WIDTH + column);
      for (int c = 0; c < 3; c++) {
        out[at + c] += weight * (picture.rgb()[from + c] & 255);
      }
    }

    private static int mirrored(int at, int size) {
      int within = Math.floorMod(at, 2 * size);
      return within < size ? within : 2 * size - 1 - within;
    }
  }
}
