package org.answerprint.metrics;

import java.util.ArrayList;
import java.util.List;

/**
 * The middle of a pixel, to begin a track at.
 *
 * @param x column, from 0
 * @param y row, from 0
 */
public record Point(int x, int y) {

  /** Every {@code spacing}th pixel of a picture in both directions, the same margin left on all sides. */
  public static List<Point> grid(int width, int height, int spacing) {
    if (spacing < 1) {
      throw new IllegalArgumentException("a grid cannot be " + spacing + " pixels wide");
    }
    List<Point> points = new ArrayList<>();
    for (int y = (height - 1) % spacing / 2; y < height; y += spacing) {
      for (int x = (width - 1) % spacing / 2; x < width; x += spacing) {
        points.add(new Point(x, y));
      }
    }
    return points;
  }
}
