package org.answerprint.shots;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.answerprint.frames.PixelFormat;
import org.answerprint.frames.RawFrame;
import org.answerprint.frames.TimeBase;

/** A film made from a seed with known changes of shot, as small pictures at 25 per second. */
final class SyntheticFilm {

  static final TimeBase TICKS = new TimeBase(1, 25);

  /** A known change; {@code start == end} for a hard cut. Frames from start to before end are mixed. */
  record Change(int start, int end, Cut cut) {}

  private record Piece(Scene scene, int frames, Scene.Disturbance disturbance, Cut before, int gap, int style) {}

  private final List<Piece> pieces = new ArrayList<>();
  private final List<Change> changes = new ArrayList<>();
  private final double noise;
  private final long seed;
  private int frames;

  /** @param cuts what kinds of change occur, or none for a single shot */
  SyntheticFilm(long seed, int shots, boolean disturbed, Cut... cuts) {
    this.seed = seed;
    SplittableRandom random = new SplittableRandom(seed);
    noise = random.nextInt(3) == 0 ? random.nextDouble(2, 9) : random.nextDouble(0, 2);
    Scene last = null;
    for (int i = 0; i < shots; i++) {
      boolean similar = last != null && random.nextInt(4) == 0;
      last = new Scene(random, similar ? last.palette() : Scene.palette(random));
      Cut cut = i == 0 ? Cut.START : cuts[random.nextInt(cuts.length)];
      int gap = cut == Cut.START || cut == Cut.HARD ? 0 : random.nextInt(6, 41);
      boolean shortShot = random.nextInt(8) == 0 && cut == Cut.HARD;
      int length = shortShot ? random.nextInt(5, 15) : random.nextInt(30, 110);
      Scene.Disturbance kind = Scene.Disturbance.NONE;
      if (disturbed && length >= 40) {
        kind = Scene.Disturbance.values()[random.nextInt(Scene.Disturbance.values().length)];
        int span = switch (kind) {
          case FLASH -> random.nextInt(1, 5);
          case WHIP_PAN -> random.nextInt(5, 11);
          default -> random.nextInt(8, 21);
        };
        last.disturb(kind, gap + random.nextInt(5, length - 26), span);
      }
      add(new Piece(last, length, kind, cut, gap, random.nextInt(1 << 16)));
    }
  }

  private SyntheticFilm(long seed) {
    this.seed = seed;
    noise = 1;
  }

  /** A film of one shot. */
  static SyntheticFilm of(Scene scene, int frames, long seed) {
    SyntheticFilm film = new SyntheticFilm(seed);
    film.add(new Piece(scene, frames, Scene.Disturbance.NONE, Cut.START, 0, 0));
    return film;
  }

  private void add(Piece piece) {
    if (piece.before != Cut.START) {
      changes.add(new Change(frames, frames + piece.gap, piece.before));
    }
    frames += piece.gap + piece.frames;
    pieces.add(piece);
  }

  List<Change> changes() {
    return changes;
  }

  int frames() {
    return frames;
  }

  /** What disturbs the shot that holds a frame. */
  Scene.Disturbance disturbanceAt(int frame) {
    int at = 0;
    for (Piece piece : pieces) {
      at += piece.gap + piece.frames;
      if (frame < at) {
        return piece.disturbance;
      }
    }
    return Scene.Disturbance.NONE;
  }

  void play(Consumer<RawFrame> sink) {
    int number = 0;
    for (int i = 0; i < pieces.size(); i++) {
      Piece piece = pieces.get(i);
      for (int g = 0; g < piece.gap; g++) {
        Piece left = pieces.get(i - 1);
        float[] a = left.scene.render(left.gap + left.frames + g);
        float[] b = piece.scene.render(g);
        sink.accept(small(mix(a, b, piece, g), number++));
      }
      for (int f = 0; f < piece.frames; f++) {
        sink.accept(small(piece.scene.render(piece.gap + f), number++));
      }
    }
  }

  private static float[] mix(float[] a, float[] b, Piece piece, int g) {
    float t = (g + 1f) / (piece.gap + 1);
    return switch (piece.before) {
      case DISSOLVE -> dissolve(a, b, t);
      case WIPE -> wipe(a, b, t, piece.style);
      case FADE -> fade(a, b, g, piece);
      case START, HARD -> throw new IllegalStateException("no mixing");
    };
  }

  private static float[] dissolve(float[] a, float[] b, float t) {
    float[] out = new float[a.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = a[i] + t * (b[i] - a[i]);
    }
    return out;
  }

  private static float[] fade(float[] a, float[] b, int g, Piece piece) {
    float[] plain = new float[a.length];
    Arrays.fill(plain, (piece.style & 1) == 0 ? 0 : 255);
    int hold = 1 + (piece.style >> 1) % Math.max(1, piece.gap / 4);
    int out = (piece.gap - hold) / 2;
    int in = piece.gap - hold - out;
    if (g < out) {
      return dissolve(a, plain, (g + 1f) / (out + 1));
    }
    return g < out + hold ? plain : dissolve(plain, b, (g - out - hold + 1f) / (in + 1));
  }

  private static float[] wipe(float[] a, float[] b, float t, int style) {
    float[] out = new float[a.length];
    float soft = 0.001f + 0.06f * (style >> 3 & 1);
    for (int y = 0; y < Scene.HEIGHT; y++) {
      for (int x = 0; x < Scene.WIDTH; x++) {
        float u = (x + 0.5f) / Scene.WIDTH;
        float v = (y + 0.5f) / Scene.HEIGHT;
        float place = switch (style & 7) {
          case 0, 1 -> u;
          case 2, 3 -> 1 - u;
          case 4 -> v;
          case 5 -> 1 - v;
          case 6 -> (u + v) / 2;
          default -> (float) Math.min(1, Math.hypot(u - 0.5, v - 0.5) * 1.42);
        };
        float w = Math.clamp((t * (1 + soft) - place) / soft, 0, 1);
        int at = 3 * (y * Scene.WIDTH + x);
        for (int c = 0; c < 3; c++) {
          out[at + c] = a[at + c] + w * (b[at + c] - a[at + c]);
        }
      }
    }
    return out;
  }

  private RawFrame small(float[] picture, int number) {
    SplittableRandom random = new SplittableRandom(seed * 1_000_003 + number);
    int width = ShotDetector.SPEC.width();
    int height = ShotDetector.SPEC.height();
    byte[] data = new byte[width * height * 3];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        for (int c = 0; c < 3; c++) {
          int at = 3 * (2 * y * Scene.WIDTH + 2 * x) + c;
          float sum = picture[at] + picture[at + 3] + picture[at + 3 * Scene.WIDTH] + picture[at + 3 * Scene.WIDTH + 3];
          double grain = noise * (random.nextInt(256) + random.nextInt(256) - 255) / 208.0;
          data[3 * (y * width + x) + c] = (byte) Math.clamp(Math.round(sum / 4 + grain / 2), 0, 255);
        }
      }
    }
    return new RawFrame(PixelFormat.RGB24, width, height, number, 1, data);
  }
}
