package org.answerprint.toybox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SolidTest {
  private static final double NEAR = 1e-6;

  @ParameterizedTest
  @EnumSource(Shape.class)
  void raysMeetTheSurfaceWhereTheyFirstEnterIt(Shape shape) {
    double size = 0.9;
    var solid = shape.solid(size);
    var draws = new Draws(11);
    var hit = new Hit();
    int hits = 0;
    for (int i = 0; i < 3000; i++) {
      var eye = new Vec(draws.between(-1, 1), draws.between(-1, 1), draws.between(-1, 1)).normalised().times(4);
      var aim = new Vec(draws.between(-1, 1), draws.between(-1, 1), draws.between(-1, 1));
      var ray = aim.minus(eye);
      boolean met = solid.meets(eye.x(), eye.y(), eye.z(), ray.x(), ray.y(), ray.z(), hit);
      for (int step = 0; step < 100; step++) {
        double way = step * 0.02;
        if (!met || way < hit.distance - NEAR) {
          assertThat(inside(shape, size * (1 - NEAR), eye.plus(ray.times(way)))).as("before the hit").isFalse();
        }
      }
      if (met) {
        hits++;
        var point = eye.plus(ray.times(hit.distance));
        var normal = new Vec(hit.normalX, hit.normalY, hit.normalZ);
        assertThat(normal.length()).isCloseTo(1, within(1e-9));
        assertThat(normal.dot(ray)).isLessThanOrEqualTo(0);
        assertThat(inside(shape, size * (1 + 1e-4), point)).isTrue();
        assertThat(inside(shape, size, point.plus(normal.times(1e-3)))).isFalse();
      }
    }
    assertThat(hits).isBetween(500, 2900);
  }

  private static boolean inside(Shape shape, double size, Vec point) {
    double fromAxis = Math.sqrt(point.x() * point.x() + point.z() * point.z());
    return switch (shape) {
      case BALL -> point.length() < size;
      case CUBE -> Math.max(Math.abs(point.x()), Math.max(Math.abs(point.y()), Math.abs(point.z()))) < 0.85 * size;
      case CYLINDER -> fromAxis < 0.75 * size && Math.abs(point.y()) < size;
      case CONE -> Math.abs(point.y()) < size && fromAxis < 0.4 * (size - point.y());
    };
  }
}
