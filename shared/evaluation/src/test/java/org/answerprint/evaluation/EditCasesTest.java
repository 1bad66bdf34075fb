package org.answerprint.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.answerprint.judges.Attribute;
import org.answerprint.toybox.CameraMove;
import org.junit.jupiter.api.Test;

class EditCasesTest {

  private static final List<EditCase> SET = EditCases.first(EditCases.USUAL);

  @Test
  void theSameEditsComeFirstHoweverManyAreAskedFor() {
    assertThat(EditCases.first(500).subList(0, EditCases.USUAL)).isEqualTo(SET);
    assertThat(EditCases.first(500)).extracting(EditCase::name).doesNotHaveDuplicates();
  }

  @Test
  void everyKindComesTwelveTimesOnceAsAFilmAndTheExtensionHasAnother() {
    assertThat(SET.stream().collect(Collectors.groupingBy(EditCase::kind, Collectors.counting())).values()).containsOnly(12L);
    assertThat(SET.stream().filter(EditCase::isFilm).collect(Collectors.groupingBy(EditCase::kind, Collectors.counting())).values())
        .hasSize(5).containsOnly(1L);
    assertThat(EditCases.first(500).stream().filter(EditCase::isFilm).collect(Collectors.groupingBy(EditCase::kind, Collectors.counting())).values())
        .hasSize(5).containsOnly(2L);
    assertThat(SET).filteredOn(EditCase::isFilm).allSatisfy(edit -> assertThat(edit.frames()).isBetween(50, 82));
    assertThat(SET).filteredOn(edit -> !edit.isFilm()).allSatisfy(edit -> assertThat(edit.frames()).isEqualTo(8));
  }

  @Test
  void exactlyWhatIsAskedForChanges() {
    assertThat(EditCases.first(500)).allSatisfy(edit -> {
      assertThat(edit.asked()).hasSize(edit.kind() == EditKind.TWO ? 2 : 1).doesNotContain(Attribute.SHAPE);
      for (Attribute attribute : Attribute.values()) {
        boolean same = attribute.of(edit.wanted()) == attribute.of(edit.scene().attributes());
        assertThat(same).isEqualTo(!edit.asked().contains(attribute));
      }
      assertThat(edit.wanted().motion()).isEqualTo(edit.scene().attributes().motion());
      assertThat(edit.wanted().camera()).isEqualTo(CameraMove.STILL);
    });
  }
}
