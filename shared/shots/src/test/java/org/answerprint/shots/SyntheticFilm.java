package org.answerprint.shots;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.answerprint.frames.PixelFormat;
import org.answerprint.frames.RawFrame;
import org.answerprint.frames.TimeBase;

/** A film made from a seed with known changes of shot. */
final class SyntheticFilm {

  /** A known change; {@code start == end} for a hard cut. Frames from start to before end are mixed. */
  record Change(int start, int end, Cut cut, Join.Form form) {}

  private record Piece(Scene scene, int frames, Scene.Disturbance disturbance, Join before) {}

  private static final int[] RATES = {12, 15, 24, 24, 25, 25, 25, 30, 30, 50, 60};

  private final List<Piece> pieces = new ArrayList<>();
  private final List<Change> changes = new ArrayList<>();
  private final double noise;
  private final long seed;
  private final int rate;
  private final int fadeIn;
  private final int fadeOut;
  private int frames;

  /**
   * @param disturbed whether what must not be found is in it too
   * @param kinds of content
   * @param forms of change
   */
  SyntheticFilm(long seed, int shots, boolean disturbed, List<Scenery.Kind> kinds, List<Join.Form> forms) {
    this.seed = seed;
    SplittableRandom random = new SplittableRandom(seed * 7_368_787);
    rate = RATES[random.nextInt(RATES.length)];
    noise = random.nextInt(3) == 0 ? random.nextDouble(2, 9) : random.nextDouble(0, 2);
    fadeIn = disturbed && random.nextInt(8) == 0 ? random.nextInt(6, 26) : 0;
    fadeOut = disturbed && random.nextInt(8) == 0 ? random.nextInt(6, 26) : 0;
    Scene last = null;
    Scenery.Kind kind = null;
    for (int i = 0; i < shots; i++) {
      Join join = i == 0 ? new Join(Join.Form.CUT, 0, 0, 0, 0) : Join.of(forms.get(random.nextInt(forms.size())), random);
      boolean similar = last != null && (join.form() == Join.Form.SIMILAR || random.nextInt(5) == 0);
      kind = similar ? kind : kinds.get(random.nextInt(kinds.size()));
      last = new Scene(random, kind, similar ? last.palette() : Scenery.palette(random));
      boolean brief = i > 0 && i < shots - 1 && random.nextInt(7) == 0 && join.form().cut == Cut.HARD;
      int length = brief ? random.nextInt(5, 13)
          : Math.max(30, (int) (rate * random.nextDouble(1, rate > 30 ? 2.2 : 3.5)));
      add(new Piece(last, length, disturb(random, last, join, length, disturbed && !brief), join));
    }
  }

  private SyntheticFilm(long seed, int rate) {
    this.seed = seed;
    this.rate = rate;
    noise = 1;
    fadeIn = 0;
    fadeOut = 0;
  }

  /** A film of one shot that is disturbed a second after its start. */
  static SyntheticFilm of(long seed, Scenery.Kind kind, Scene.Disturbance disturbance, int rate) {
    SplittableRandom random = new SplittableRandom(seed * 7_368_787);
    SyntheticFilm film = new SyntheticFilm(seed, rate);
    Scene scene = new Scene(random, kind, Scenery.palette(random));
    scene.disturb(disturbance, 1, random, 1.0 / rate);
    film.add(new Piece(scene, 3 * rate, disturbance, new Join(Join.Form.CUT, 0, 0, 0, 0)));
    return film;
  }

  private Scene.Disturbance disturb(SplittableRandom random, Scene scene, Join join, int length, boolean disturbed) {
    double frame = 1.0 / rate;
    if (join.form() == Join.Form.BESIDE_FLASH && !pieces.isEmpty()) {
      scene.disturb(Scene.Disturbance.FLASH, frame * random.nextInt(0, 3), random, frame);
      return Scene.Disturbance.FLASH;
    }
    Scene.Disturbance kind =
        disturbed ? Scene.Disturbance.values()[random.nextInt(Scene.Disturbance.values().length)] : Scene.Disturbance.NONE;
    double room = (length - 12) * frame - 1.2;
    double at = (join.frames() + 6) * frame + (room > 0 ? random.nextDouble(room) : 0);
    boolean fits = room > 0 || kind == Scene.Disturbance.FLASH || kind == Scene.Disturbance.EXPOSURE;
    if (fits && kind != Scene.Disturbance.NONE) {
      scene.disturb(kind, at, random, frame);
      return kind;
    }
    return Scene.Disturbance.NONE;
  }

  private void add(Piece piece) {
    if (!pieces.isEmpty()) {
      Join join = piece.before;
      changes.add(new Change(frames, frames + join.frames(), join.form().cut, join.form()));
    }
    frames += piece.before.frames() + piece.frames;
    pieces.add(piece);
  }

  List<Change> changes() {
    return changes;
  }

  int frames() {
    return frames;
  }

  /** Frames a second. */
  int rate() {
    return rate;
  }

  TimeBase timeBase() {
    return new TimeBase(1, rate);
  }

  /** What disturbs the shot that holds a frame. */
  Scene.Disturbance disturbanceAt(int frame) {
    int at = 0;
    for (Piece piece : pieces) {
      at += piece.before.frames() + piece.frames;
      if (frame < at) {
        return piece.disturbance;
      }
    }
    return Scene.Disturbance.NONE;
  }

  /** The film's pictures as the detector takes them, without an encoder between; pts count frames. */
  void play(Consumer<RawFrame> sink) {
    int width = ShotDetector.SPEC.width();
    int height = ShotDetector.SPEC.height();
    play(2 * width, 2 * height, new Consumer<>() {
      private int number;

      @Override
      public void accept(byte[] rgb) {
        sink.accept(new RawFrame(PixelFormat.RGB24, width, height, number++, 1, halved(rgb, width, height)));
      }
    });
  }

  private static byte[] halved(byte[] rgb, int width, int height) {
    byte[] data = new byte[width * height * 3];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        for (int c = 0; c < 3; c++) {
          int at = 3 * (4 * y * width + 2 * x) + c;
          int sum = (rgb[at] & 255) + (rgb[at + 3] & 255) + (rgb[at + 6 * width] & 255) + (rgb[at + 6 * width + 3] & 255);
          data[3 * (y * width + x) + c] = (byte) ((sum + 2) / 4);
        }
      }
    }
    return data;
  }

  /** The film's pictures, RGB, with grain. */
  void play(int width, int height, Consumer<byte[]> sink) {
    double frame = 1.0 / rate;
    int number = 0;
    for (int i = 0; i < pieces.size(); i++) {
      Piece piece = pieces.get(i);
      int gap = piece.before.frames();
      for (int g = 0; g < gap; g++) {
        Piece left = pieces.get(i - 1);
        float[] a = left.scene.render((left.before.frames() + left.frames + g) * frame, frame, width, height);
        float[] b = piece.scene.render(g * frame, frame, width, height);
        sink.accept(graded(piece.before.mix(a, b, g, width, height), noise, number++));
      }
      for (int f = 0; f < piece.frames; f++) {
        double seconds = (gap + f) * frame;
        double grain = Math.max(noise, piece.scene.noise(seconds));
        sink.accept(graded(piece.scene.render(seconds, frame, width, height), grain, number++));
      }
    }
  }

  private byte[] graded(float[] picture, double grain, int number) {
    float shown = Math.min(fadeIn == 0 ? 1 : Math.min(1, (float) number / fadeIn),
        fadeOut == 0 ? 1 : Math.min(1, (float) (frames - 1 - number) / fadeOut));
    long state = seed * 1_000_003 + number * 0x9E3779B97F4A7C15L;
    double[] grains = new double[511];
    Arrays.setAll(grains, i -> grain * (i - 255) / 104.0);
    byte[] data = new byte[picture.length];
    for (int i = 0; i < data.length; i++) {
      state ^= state << 13;
      state ^= state >>> 7;
      state ^= state << 17;
      double level = shown * picture[i] + grains[(int) (state & 255) + (int) (state >>> 8 & 255)];
      data[i] = (byte) (level < 0 ? 0 : level > 255 ? 255 : (int) (level + 0.5));
    }
    return data;
  }
}
