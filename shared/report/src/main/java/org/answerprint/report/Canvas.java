package org.answerprint.report;

import java.awt.image.BufferedImage;
import java.util.Arrays;

/** A picture to draw on, in memory, without a display. What reaches over its edges is left off. Not thread-safe. */
final class Canvas {

  private final int width;
  private final int height;
  private final int[] pixels;

  /** A canvas of one colour, {@code 0xRRGGBB}. */
  Canvas(int width, int height, int colour) {
    this.width = width;
    this.height = height;
    this.pixels = new int[Math.multiplyExact(width, height)];
    Arrays.fill(pixels, colour);
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  /** Pixels as {@code 0xRRGGBB}, rows from the top; not a copy. */
  int[] pixels() {
    return pixels;
  }

  /** A filled box with round corners. */
  void box(int x, int y, int boxWidth, int boxHeight, double radius, int colour) {
    for (int row = Math.max(0, y); row < Math.min(height, y + boxHeight); row++) {
      double dy = outside(row - y + 0.5, radius, boxHeight - radius);
      for (int column = Math.max(0, x); column < Math.min(width, x + boxWidth); column++) {
        double dx = outside(column - x + 0.5, radius, boxWidth - radius);
        double away = dx == 0 ? dy : dy == 0 ? dx : Math.hypot(dx, dy);
        mix(row * width + column, colour, Math.clamp(radius + 0.5 - away, 0, 1));
      }
    }
  }

  private static double outside(double at, double from, double to) {
    return at < from ? from - at : at > to ? at - to : 0;
  }

  /** Colour through a mask of 0 to 255. */
  void ink(int x, int y, int maskWidth, int maskHeight, byte[] cover, int colour) {
    for (int row = Math.max(0, -y); row < Math.min(maskHeight, height - y); row++) {
      for (int column = Math.max(0, -x); column < Math.min(maskWidth, width - x); column++) {
        int share = cover[row * maskWidth + column] & 255;
        if (share > 0) {
          mix((y + row) * width + x + column, colour, share / 255.0);
        }
      }
    }
  }

  /** A picture, as large as fits into the box and in its middle; each pixel is the mean of what it stands for. */
  void picture(BufferedImage image, int x, int y, int boxWidth, int boxHeight) {
    double scale = Math.min(boxWidth / (double) image.getWidth(), boxHeight / (double) image.getHeight());
    int toWidth = Math.clamp(Math.round(image.getWidth() * scale), 1, boxWidth);
    int toHeight = Math.clamp(Math.round(image.getHeight() * scale), 1, boxHeight);
    int left = x + (boxWidth - toWidth) / 2;
    int top = y + (boxHeight - toHeight) / 2;
    double stepX = image.getWidth() / (double) toWidth;
    double stepY = image.getHeight() / (double) toHeight;
    for (int row = 0; row < toHeight; row++) {
      double[] means = means(image, row * stepY, stepY, toWidth, stepX);
      for (int column = 0; column < toWidth; column++) {
        pixels[(top + row) * width + left + column] = colour(means, 3 * column);
      }
    }
  }

  /** One row of means: red, green, blue of each pixel. */
  private static double[] means(BufferedImage image, double fromY, double stepY, int count, double stepX) {
    int first = Math.min((int) fromY, image.getHeight() - 1);
    int end = Math.clamp((int) Math.ceil(fromY + stepY - 1e-9), first + 1, image.getHeight());
    int[] rows = samples(image, first, end - first);
    var means = new double[3 * count];
    for (int row = first; row < end; row++) {
      double share = (Math.min(row + 1, fromY + stepY) - Math.max(row, fromY)) / stepY;
      add(rows, (row - first) * image.getWidth(), image.getWidth(), share, means, count, stepX);
    }
    return means;
  }

  /** Red, green and blue of some rows, without a detour through colour models where the picture has just these. */
  private static int[] samples(BufferedImage image, int from, int count) {
    if (image.getType() == BufferedImage.TYPE_3BYTE_BGR || image.getType() == BufferedImage.TYPE_INT_RGB) {
      return image.getRaster().getPixels(0, from, image.getWidth(), count, (int[]) null);
    }
    int[] pixels = image.getRGB(0, from, image.getWidth(), count, null, 0, image.getWidth());
    var samples = new int[3 * pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      samples[3 * i] = pixels[i] >> 16 & 255;
      samples[3 * i + 1] = pixels[i] >> 8 & 255;
      samples[3 * i + 2] = pixels[i] & 255;
    }
    return samples;
  }

  private static void add(int[] samples, int offset, int length, double rowShare, double[] means, int count, double step) {
    for (int i = 0; i < count; i++) {
      double from = i * step;
      for (int column = Math.min((int) from, length - 1); column < Math.min(length, from + step - 1e-9); column++) {
        double share = rowShare * (Math.min(column + 1, from + step) - Math.max(column, from)) / step;
        for (int band = 0; band < 3; band++) {
          means[3 * i + band] += share * samples[3 * (offset + column) + band];
        }
      }
    }
  }

  private static int colour(double[] means, int at) {
    return level(means[at]) << 16 | level(means[at + 1]) << 8 | level(means[at + 2]);
  }

  private static int level(double value) {
    return Math.clamp(Math.round(value), 0, 255);
  }

  private void mix(int at, int colour, double share) {
    int under = pixels[at];
    pixels[at] = mixed(under >> 16, colour >> 16, share) << 16 | mixed(under >> 8, colour >> 8, share) << 8 | mixed(under, colour, share);
  }

  private static int mixed(int under, int over, double share) {
    return (int) Math.round((under & 255) * (1 - share) + (over & 255) * share);
  }
}
