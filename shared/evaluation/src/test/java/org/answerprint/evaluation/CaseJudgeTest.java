package org.answerprint.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.answerprint.judges.Reading;
import org.junit.jupiter.api.Test;

class CaseJudgeTest {

  private static final EditCase EDIT = EditCases.first(1).getFirst();
  private static final EditCase TWO = EditCases.first(5).getLast();

  /** So many frames that show what was wanted, and the others what the source shows. */
  private static List<Reading> readings(EditCase edit, int right, int all) {
    List<Reading> readings = new ArrayList<>();
    for (int i = 0; i < all; i++) {
      readings.add(Reading.of(i < right ? edit.wanted() : edit.scene().attributes()));
    }
    return readings;
  }

  @Test
  void anEditSucceedsWhereSevenOfEightFramesAreReadAsAsked() {
    assertThat(CaseJudge.succeeds(readings(EDIT, 8, 8), EDIT)).isTrue();
    assertThat(CaseJudge.succeeds(readings(EDIT, 7, 8), EDIT)).isTrue();
    assertThat(CaseJudge.succeeds(readings(EDIT, 6, 8), EDIT)).isFalse();
  }

  @Test
  void ofALongFilmTheSameShareIsAskedFor() {
    assertThat(CaseJudge.succeeds(readings(EDIT, 70, 80), EDIT)).isTrue();
    assertThat(CaseJudge.succeeds(readings(EDIT, 69, 80), EDIT)).isFalse();
  }

  @Test
  void ofTwoThingsAskedForBothCount() {
    assertThat(TWO.asked()).hasSize(2);
    EditCase one = new EditCase(TWO.name(), TWO.kind(), TWO.scene(),
        TWO.asked().iterator().next().in(TWO.scene().attributes(), TWO.asked().iterator().next().of(TWO.wanted())), TWO.asked(), 8);
    assertThat(CaseJudge.succeeds(readings(TWO, 8, 8), TWO)).isTrue();
    assertThat(CaseJudge.succeeds(readings(one, 8, 8), TWO)).isFalse();
  }
}
