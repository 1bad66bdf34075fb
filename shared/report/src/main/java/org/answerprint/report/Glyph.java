package org.answerprint.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A character as strokes of a pen. Units: capitals stand from y = 0 down to the base line at {@value #BASE}, descenders
 * reach {@value #DESCENT}, and x runs from 0 to the width.
 *
 * @param width in units
 * @param strokes each {@code x0, y0, x1, y1, ...}, joined by straight lines
 */
record Glyph(int width, List<double[]> strokes) {

  static final int BASE = 14;
  static final int DESCENT = 18;

  private static final int STEPS = 8;

  /**
   * A glyph from its line in the lettering: the width, then strokes of points, two digits of base 36 each. {@code -}
   * leads straight lines; {@code ~} a curve that the inner points pull to themselves; {@code o} such a curve, closed.
   */
  static Glyph of(String... fields) {
    var strokes = Arrays.stream(fields).skip(1).map(Glyph::stroke).toList();
    return new Glyph(Integer.parseInt(fields[0]), strokes);
  }

  private static double[] stroke(String text) {
    var points = new double[text.length() - 1];
    for (int i = 0; i < points.length; i++) {
      points[i] = Character.digit(text.charAt(i + 1), 36);
    }
    return switch (text.charAt(0)) {
      case '-' -> points;
      case '~' -> curve(points);
      case 'o' -> curve(closed(points));
      default -> throw new IllegalArgumentException("a stroke is led by -, ~ or o, not as in " + text);
    };
  }

  /** The points with the middle of the first edge at both ends. */
  private static double[] closed(double[] points) {
    var round = new double[points.length + 4];
    round[0] = (points[0] + points[2]) / 2;
    round[1] = (points[1] + points[3]) / 2;
    System.arraycopy(points, 2, round, 2, points.length - 2);
    System.arraycopy(points, 0, round, points.length, 2);
    System.arraycopy(round, 0, round, points.length + 2, 2);
    return round;
  }

  /** A chain of parabolas: inner points are their poles, and they meet half-way between poles. */
  private static double[] curve(double[] points) {
    var line = new ArrayList<Double>(List.of(points[0], points[1]));
    double x = points[0];
    double y = points[1];
    int last = points.length - 2;
    for (int pole = 2; pole < last; pole += 2) {
      boolean ends = pole + 2 == last;
      double toX = ends ? points[last] : (points[pole] + points[pole + 2]) / 2;
      double toY = ends ? points[last + 1] : (points[pole + 1] + points[pole + 3]) / 2;
      for (int step = 1; step <= STEPS; step++) {
        double t = step / (double) STEPS;
        line.add(between(x, points[pole], toX, t));
        line.add(between(y, points[pole + 1], toY, t));
      }
      x = toX;
      y = toY;
    }
    return line.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static double between(double from, double pole, double to, double t) {
    return (1 - t) * (1 - t) * from + 2 * t * (1 - t) * pole + t * t * to;
  }

  /** How far a place is from the nearest stroke. */
  double distance(double x, double y) {
    double nearest = Double.MAX_VALUE;
    for (double[] stroke : strokes) {
      for (int i = 0; i + 3 < stroke.length; i += 2) {
        nearest = Math.min(nearest, distance(x, y, stroke[i], stroke[i + 1], stroke[i + 2], stroke[i + 3]));
      }
    }
    return nearest;
  }

  private static double distance(double x, double y, double x0, double y0, double x1, double y1) {
    double dx = x1 - x0;
    double dy = y1 - y0;
    double length = dx * dx + dy * dy;
    double t = length == 0 ? 0 : Math.clamp(((x - x0) * dx + (y - y0) * dy) / length, 0, 1);
    return Math.hypot(x - x0 - t * dx, y - y0 - t * dy);
  }
}
