package org.answerprint.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.answerprint.evaluation.Editor.Attending;
import org.answerprint.judges.Attribute;
import org.junit.jupiter.api.Test;

class OrderingTest {

  private static final Ordering SMOOTHER = Ordering.ALL.getFirst();

  @Test
  void aClearDifferenceHoldsAndItsContraryDoesNot() {
    assertThat(SMOOTHER.in(scores(10, 20)).orElseThrow().outcome()).isEqualTo(Ordering.Outcome.HOLDS);
    assertThat(SMOOTHER.in(scores(20, 10)).orElseThrow().outcome()).isEqualTo(Ordering.Outcome.DOES_NOT);
  }

  @Test
  void whatIsWithinTheIntervalIsNotDecided() {
    Scores scores = new Scores(Variant.ALL);
    for (int i = 0; i < 20; i++) {
      scores.put(Variant.named(Variant.HEADLINE), score(i, 10 + i % 2 * 4));
      scores.put(Variant.named(Variant.PER_FRAME), score(i, 12));
    }
    assertThat(SMOOTHER.in(scores).orElseThrow().outcome()).isEqualTo(Ordering.Outcome.OPEN);
  }

  @Test
  void onlyEditsThatBothHaveRunCount() {
    Scores scores = scores(10, 20);
    scores.put(Variant.named(Variant.HEADLINE), score(99, 500));
    assertThat(SMOOTHER.in(scores).orElseThrow()).satisfies(found -> {
      assertThat(found.edits()).isEqualTo(20);
      assertThat(found.difference().estimate()).isEqualTo(-10);
    });
    assertThat(SMOOTHER.in(new Scores(Variant.ALL))).isEmpty();
  }

  @Test
  void everyOrderingSpeaksOfRowsOfTheTable() {
    assertThat(Ordering.ALL).allSatisfy(ordering -> {
      assertThat(Variant.named(ordering.better())).isNotNull();
      assertThat(Variant.named(ordering.worse())).isNotNull();
    });
  }

  @Test
  void whatIsSaidOfAttendingComparesRowsThatDifferInNothingElse() {
    assertThat(Ordering.ALL).filteredOn(ordering -> ordering.claim().startsWith("attending alone")).hasSize(4).allSatisfy(ordering -> {
      Attending better = (Attending) Variant.named(ordering.better()).editor();
      Attending worse = (Attending) Variant.named(ordering.worse()).editor();
      assertThat(better.guided()).isEqualTo(worse.guided());
      assertThat(better.inverted()).isEqualTo(worse.inverted());
      assertThat(better.references()).isNotEqualTo(worse.references());
    });
  }

  @Test
  void anOrderingOfSomeEditsLooksAtThoseAlone() {
    Scores scores = scores(10, 20);
    Ordering.ALL.stream().filter(ordering -> ordering.of() == Ordering.Edits.PATTERNS).forEach(
        ordering -> assertThat(ordering.in(scores).orElseThrow().edits()).isEqualTo(4));
    for (int i = 0; i < 20; i++) {
      scores.put(Variant.named(Variant.ANCHOR), score(i, 30));
    }
    assertThat(Ordering.ALL).filteredOn(ordering -> ordering.of() == Ordering.Edits.TURNING)
        .singleElement().satisfies(ordering -> assertThat(ordering.in(scores).orElseThrow().edits()).isEqualTo(10));
  }

  private static Scores scores(double headline, double perFrame) {
    Scores scores = new Scores(Variant.ALL);
    for (int i = 0; i < 20; i++) {
      scores.put(Variant.named(Variant.HEADLINE), score(i, headline + i));
      scores.put(Variant.named(Variant.PER_FRAME), score(i, perFrame + i));
    }
    return scores;
  }

  static Score score(int edit, double pixelMse) {
    Judged judged = new Judged(EditKind.values()[edit % 5], edit % 2 == 0, Map.of(Attribute.COLOUR, 1.0), edit % 4 != 0,
        Optional.empty(), Optional.empty(), 0.9, 0.5, 0.8, pixelMse);
    return new Score("%03d".formatted(edit), 8, Optional.of(judged), pixelMse, Optional.of(1.0), 0.5);
  }
}
