package org.answerprint.media;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * How a coded picture becomes upright: the picture's x and y axes as steps of -1, 0 or 1 in the upright picture.
 *
 * @param xx upright x per coded x
 * @param xy upright y per coded x
 * @param yx upright x per coded y
 * @param yy upright y per coded y
 */
record Orientation(int xx, int xy, int yx, int yy) {

  static final Orientation UPRIGHT = new Orientation(1, 0, 0, 1);

  private static final int QUARTER = 1 << 14;

  /** From FFmpeg's display matrix (nine 32-bit words); turns that are not by a quarter count as none. */
  static Orientation ofMatrix(byte[] matrix) {
    if (matrix.length < 36) {
      return UPRIGHT;
    }
    ByteBuffer words = ByteBuffer.wrap(matrix).order(ByteOrder.LITTLE_ENDIAN);
    Orientation found =
        new Orientation(sign(words.getInt(0)), sign(words.getInt(4)), sign(words.getInt(12)), sign(words.getInt(16)));
    return found.quarterTurn() ? found : UPRIGHT;
  }

  private static int sign(int fixedPoint) {
    return fixedPoint > QUARTER ? 1 : fixedPoint < -QUARTER ? -1 : 0;
  }

  private boolean quarterTurn() {
    return Math.abs(xx) + Math.abs(xy) == 1 && Math.abs(yx) + Math.abs(yy) == 1 && Math.abs(xx) == Math.abs(yy);
  }

  boolean swapsSides() {
    return xx == 0;
  }

  boolean mirrored() {
    return xx * yy - xy * yx < 0;
  }

  /** Clockwise degrees, before a mirroring left to right. */
  int rotation() {
    int x = mirrored() ? -xx : xx;
    return x == 1 ? 0 : x == -1 ? 180 : xy == 1 ? 90 : 270;
  }

  int uprightWidth(int width, int height) {
    return swapsSides() ? height : width;
  }

  int uprightHeight(int width, int height) {
    return swapsSides() ? width : height;
  }

  /** Sample index in an upright plane of the coded sample (0, 0). */
  int origin(int width, int height) {
    int x = xx < 0 || yx < 0 ? uprightWidth(width, height) - 1 : 0;
    int y = xy < 0 || yy < 0 ? uprightHeight(width, height) - 1 : 0;
    return y * uprightWidth(width, height) + x;
  }

  int stepX(int width, int height) {
    return xx + xy * uprightWidth(width, height);
  }

  int stepY(int width, int height) {
    return yx + yy * uprightWidth(width, height);
  }
}
