package org.answerprint.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.answerprint.pictures.Picture;
import org.junit.jupiter.api.Test;

class CarryingTest {

  private static final int SIDE = 64;

  @Test
  void aPictureMovesAsTheSourceDoes() {
    List<Picture> source = IntStream.range(0, 5).mapToObj(i -> waves(2 * i, 0)).toList();
    List<Picture> truth = IntStream.range(0, 5).mapToObj(i -> waves(2 * i, 1)).toList();

    List<Picture> carried = Carrying.along(source, truth.getFirst());

    assertThat(carried.getFirst()).isSameAs(truth.getFirst());
    assertThat(difference(carried.getLast(), truth.getLast())).isLessThan(0.1 * difference(truth.getFirst(), truth.getLast()));
    assertThat(carried).hasSize(5);
  }

  /** Mean absolute difference away from the rims, where something new comes in. */
  private static double difference(Picture a, Picture b) {
    return IntStream.range(0, a.planes().length).filter(i -> i % SIDE > 14 && i % SIDE < SIDE - 14)
        .mapToDouble(i -> Math.abs(a.planes()[i] - b.planes()[i])).average().orElseThrow();
  }

  /** Texture that is shifted to the right; the paint changes colours and leaves the texture. */
  private static Picture waves(double shift, int paint) {
    float[] planes = new float[3 * SIDE * SIDE];
    for (int c = 0; c < 3; c++) {
      for (int p = 0; p < SIDE * SIDE; p++) {
        double x = p % SIDE - shift;
        double y = p / SIDE;
        planes[c * SIDE * SIDE + p] = (float) (0.5 * Math.sin(0.31 * x + 0.2 * y + (paint * c)) + 0.4 * Math.cos(0.23 * y - 0.45 * x));
      }
    }
    return new Picture(SIDE, SIDE, planes);
  }
}
