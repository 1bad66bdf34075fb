package org.answerprint.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DimTest {

  private final Dim batch = Dim.of("B");
  private final Dim pool = Dim.of("P");

  @Test
  void calculatesWithNamesAsWithNumbers() {
    Dim rows = pool.plus(batch).times(3).plus(Dim.of(2));
    assertThat(rows).hasToString("3*P+3*B+2").isEqualTo(Dim.of(2).plus(batch.times(3)).plus(pool.times(3)));
    assertThat(Dim.of(6).times(Dim.of(7)).is(42)).isTrue();
    assertThat(batch.times(pool)).isEqualTo(pool.times(batch)).isNotEqualTo(pool.times(pool));
  }

  @Test
  void dividesWhereTheQuotientIsOneTerm() {
    assertThat(batch.times(pool).times(12).dividedBy(batch.times(4))).contains(pool.times(3));
    assertThat(pool.plus(batch).times(6).dividedBy(pool.plus(batch).times(2))).contains(Dim.of(3));
    assertThat(batch.times(3).dividedBy(Dim.of(2))).isEmpty();
    assertThat(batch.dividedBy(pool)).isEmpty();
    assertThat(Dim.of(5).dividedBy(Dim.of(0))).isEmpty();
    assertThat(pool.plus(batch).dividedBy(pool.plus(Dim.of(1)))).isEmpty();
  }

  @Test
  void isNoNumberBeforeItIsKnown() {
    assertThat(batch.isNumber()).isFalse();
    assertThat(batch.is(1)).isFalse();
    assertThatThrownBy(batch::value).hasMessageContaining("length B is known only when the graph runs");
    assertThatThrownBy(() -> Dim.of(-1)).hasMessageContaining("not negative: -1");
  }

  @Test
  void findsTheLengthThatFollowsInAReshape() {
    Shape shape = Shape.of(batch, Dim.of(4), Dim.of(6));
    assertThat(Lengths.resolve(shape, 0, -1, 3)).isEqualTo(Shape.of(batch, Dim.of(8), Dim.of(3)));
    assertThat(Lengths.resolve(shape, -1, 8)).isEqualTo(Shape.of(batch.times(3), Dim.of(8)));
    assertThatThrownBy(() -> Lengths.resolve(shape, 0, -1, 5)).hasMessageContaining("do not divide by 5*B");
  }
}
