package org.answerprint.shots;

import java.util.SplittableRandom;

/**
 * How one shot gives way to the next: what the frames between are made of.
 *
 * @param form of the change
 * @param frames that are mixed
 * @param style picks direction, softness, colour and the like
 * @param out of a fade, frames from the first shot to plain
 * @param hold of a fade, plain frames
 */
record Join(Form form, int frames, int style, int out, int hold) {

  /** The forms of change. */
  enum Form {
    CUT(Cut.HARD), SIMILAR(Cut.HARD), BESIDE_FLASH(Cut.HARD), DISSOLVE(Cut.DISSOLVE), BLACK(Cut.FADE),
    WHITE(Cut.FADE), SIDE(Cut.WIPE), SLANT(Cut.WIPE), IRIS(Cut.WIPE), CLOCK(Cut.WIPE), DOORS(Cut.WIPE),
    BLINDS(Cut.WIPE), PUSH(Cut.WIPE), SLIDE(Cut.WIPE);

    final Cut cut;

    Form(Cut cut) {
      this.cut = cut;
    }
  }

  static Join of(Form form, SplittableRandom random) {
    int style = random.nextInt(1 << 16);
    return switch (form.cut) {
      case HARD -> new Join(form, 0, style, 0, 0);
      case FADE -> {
        int out = random.nextInt(4, 26);
        int hold = random.nextInt(3) == 0 ? random.nextInt(1, 4) : random.nextInt(1, 25);
        yield new Join(form, out + hold + random.nextInt(4, 26), style, out, hold);
      }
      default -> new Join(form, random.nextInt(8, 51), style, 0, 0);
    };
  }

  /** The mixed frame {@code index} of two pictures. */
  float[] mix(float[] a, float[] b, int index, int width, int height) {
    float t = (index + 1f) / (frames + 1);
    return switch (form) {
      case DISSOLVE -> between(a, b, (style & 7) == 0 ? Texture.smooth(t) : t);
      case BLACK, WHITE -> fade(a, b, index);
      case PUSH, SLIDE -> moved(a, b, (style & 12) == 0 ? Texture.smooth(t) : t, width, height);
      default -> wipe(a, b, t, width, height);
    };
  }

  private static float[] between(float[] a, float[] b, float t) {
    float[] out = new float[a.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = a[i] + t * (b[i] - a[i]);
    }
    return out;
  }

  private float[] fade(float[] a, float[] b, int index) {
    boolean leaving = index < out;
    int in = frames - out - hold;
    float share = leaving ? 1 - (index + 1f) / (out + 1) : index < out + hold ? 0 : (index - out - hold + 1f) / (in + 1);
    float plain = form == Form.BLACK ? 0 : 255;
    float[] picture = leaving ? a : b;
    float[] mixed = new float[a.length];
    for (int i = 0; i < mixed.length; i++) {
      mixed[i] = plain + share * (picture[i] - plain);
    }
    return mixed;
  }

  /** The new picture pushes the old one out, slides over it, or is uncovered as the old one slides away. */
  private float[] moved(float[] a, float[] b, float t, int width, int height) {
    boolean oldMoves = form == Form.PUSH || (style & 16) != 0;
    boolean newMoves = form == Form.PUSH || !oldMoves;
    boolean across = (style & 1) == 0;
    int size = across ? width : height;
    int shift = Math.round(t * size);
    boolean back = (style & 2) != 0;
    float[] out = new float[a.length];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int along = across ? x : y;
        int place = back ? size - 1 - along : along;
        boolean fresh = place >= size - shift;
        int from = fresh ? newMoves ? place - size + shift : place : oldMoves ? place + shift : place;
        int at = back ? size - 1 - from : from;
        int source = across ? y * width + at : at * width + x;
        System.arraycopy(fresh ? b : a, 3 * source, out, 3 * (y * width + x), 3);
      }
    }
    return out;
  }

  private float[] wipe(float[] a, float[] b, float t, int width, int height) {
    float[] out = new float[a.length];
    float soft = 0.002f + ((style & 24) == 0 ? 0.25f : (style & 24) == 8 ? 0.08f : 0);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        float place = place((x + 0.5f) / width, (y + 0.5f) / height);
        float share = Math.clamp((t * (1 + soft) - place) / soft, 0, 1);
        int at = 3 * (y * width + x);
        for (int c = 0; c < 3; c++) {
          out[at + c] = a[at + c] + share * (b[at + c] - a[at + c]);
        }
      }
    }
    return out;
  }

  /** When the border reaches a place, 0 to 1. */
  private float place(float x, float y) {
    float u = (style & 1) == 0 ? x : 1 - x;
    float v = (style & 2) == 0 ? y : 1 - y;
    float place = switch (form) {
      case SIDE -> (style & 4) == 0 ? u : v;
      case SLANT -> (u + v) / 2;
      case IRIS -> (style & 4) == 0 ? (float) Math.hypot(x - 0.5, y - 0.5) * 1.4142f
          : 2 * Math.max(Math.abs(x - 0.5f), Math.abs(y - 0.5f));
      case CLOCK -> (float) (0.5 + Math.atan2(u - 0.5, v - 0.5) / (2 * Math.PI));
      case DOORS -> 2 * Math.abs(((style & 4) == 0 ? x : y) - 0.5f);
      case BLINDS -> 5 * u - (float) Math.floor(5 * u);
      default -> throw new IllegalStateException("no wipe: " + form);
    };
    boolean inward = (form == Form.IRIS || form == Form.DOORS) && (style & 1) != 0;
    return inward ? 1 - place : place;
  }
}
