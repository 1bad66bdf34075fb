package org.answerprint.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.answerprint.faults.RequestFault;
import org.answerprint.pictures.Picture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudyTest {

  private static final List<EditCase> EDITS = EditCases.first(12);

  @TempDir
  private Path folder;

  private Shelf shelf;
  private Study study;

  @BeforeEach
  void keepEdits() {
    shelf = new Shelf(folder.resolve("shelf"));
    for (EditCase edit : EDITS) {
      for (Variant variant : Variant.ALL) {
        Score score = OrderingTest.score(EDITS.indexOf(edit), 3);
        shelf.keep(variant, new Score(edit.name(), 2, score.judged(), 3, score.motion(), 1), List.of(dot(0), dot(1)));
      }
    }
    study = Study.of(shelf, EDITS, 5);
    study.write(folder.resolve("page"), shelf, EDITS);
  }

  @Test
  void thePageShowsEveryPairAndSaysNowhereWhichIsWhich() throws IOException {
    String page = Files.readString(folder.resolve("page/index.html"));
    assertThat(study.pairs()).hasSize(12);
    assertThat(page).contains("12-left.png").contains(study.id()).contains("none acceptable").doesNotContain("{{");
    assertThat(Variant.ALL).allSatisfy(variant -> assertThat(page).doesNotContain(variant.name()).doesNotContain(variant.key() + "/"));
    assertThat(study.pairs()).extracting(Pair::left).contains(Variant.HEADLINE, Variant.KEY_FRAME);
    assertThat(study.pairs()).extracting(Pair::rival).contains(Variant.PER_FRAME, Variant.SDEDIT_MIDDLE, Variant.KEY_FRAME);
    assertThat(folder.resolve("page/12-source.png")).exists();
    try (var files = Files.list(folder.resolve("page"))) {
      assertThat(files.map(file -> file.getFileName().toString()).toList()).hasSize(1 + 3 * 12).noneMatch(name -> name.endsWith(".json"));
    }
  }

  @Test
  void rivalsThatAreNotKeptLeaveTheirTurnsToThoseThatAre() {
    Shelf some = new Shelf(folder.resolve("some"));
    for (EditCase edit : EDITS) {
      for (String row : List.of(Variant.SOURCE, Variant.HEADLINE, Variant.KEY_FRAME)) {
        Score score = OrderingTest.score(EDITS.indexOf(edit), 3);
        some.keep(Variant.named(row), new Score(edit.name(), 2, score.judged(), 3, score.motion(), 1), List.of(dot(0), dot(1)));
      }
    }
    assertThat(Study.of(some, EDITS, 5).pairs()).hasSize(8).extracting(Pair::rival).containsOnly(Variant.KEY_FRAME);
  }

  @Test
  void aStudyOfNothingIsRefusedWithWhatIsMissing() {
    assertThatThrownBy(() -> Study.of(new Shelf(folder.resolve("empty")), EDITS, 5)).isInstanceOf(RequestFault.class)
        .hasMessageContaining(Variant.SOURCE).hasMessageContaining(Variant.PER_FRAME);
  }

  @Test
  void votesAreCountedForWhatWasBehindEachSide() throws IOException {
    String votes = study.pairs().stream().map(pair -> "{\"pair\": %d, \"question\": \"quality\", \"choice\": \"%s\"}".formatted(
        pair.number(), pair.number() == 1 ? "none" : pair.left().equals(Variant.HEADLINE) ? "left" : "right")).collect(Collectors.joining(","));
    Path file = Files.writeString(folder.resolve("votes.json"), "{\"study\": \"%s\", \"votes\": [%s]}".formatted(study.id(), votes));

    Votes read = Votes.read(file, shelf);
    assertThat(read.votes()).hasSize(12);
    assertThat(read.votes().stream().filter(vote -> vote.preferred().filter(Variant.HEADLINE::equals).isPresent())).hasSize(11);
    assertThat(Preferences.of(read.votes()).json()).hasSize(3).allSatisfy(line -> assertThat(line.path("rival").asInt()).isZero());
    assertThat(Preferences.of(read.votes()).text()).contains("1.00").contains("looks better");
  }

  @Test
  void votesOfAnotherStudyAndAnswersToNothingAreRefused() throws IOException {
    Path other = Files.writeString(folder.resolve("other.json"), "{\"study\": \"00000000-0000-0000-0000-000000000000\", \"votes\": []}");
    Path path = Files.writeString(folder.resolve("path.json"), "{\"study\": \"../../etc\", \"votes\": []}");
    Path odd = Files.writeString(folder.resolve("odd.json"),
        "{\"study\": \"%s\", \"votes\": [{\"pair\": 1, \"question\": \"beauty\", \"choice\": \"left\"}]}".formatted(study.id()));
    assertThatThrownBy(() -> Votes.read(other, shelf)).isInstanceOf(RequestFault.class).hasMessageContaining("not one of this model");
    assertThatThrownBy(() -> Votes.read(path, shelf)).isInstanceOf(RequestFault.class).hasMessageContaining("names no study");
    assertThatThrownBy(() -> Votes.read(odd, shelf)).isInstanceOf(RequestFault.class).hasMessageContaining("beauty");
  }

  @Test
  void aKeptEditIsFoundAndADamagedOneIsNot() throws IOException {
    Variant variant = Variant.named(Variant.HEADLINE);
    assertThat(shelf.find(variant, EDITS.getFirst().name())).isPresent().get().extracting(Score::pixelMse).isEqualTo(3.0);
    Files.writeString(shelf.pictures(variant, EDITS.getFirst().name()).resolveSibling(EDITS.getFirst().name() + ".json"), "{\"edit\": ");
    assertThat(shelf.find(variant, EDITS.getFirst().name())).isEmpty();
  }

  private static Picture dot(int where) {
    float[] planes = new float[3 * 4 * 4];
    planes[where] = 1;
    return new Picture(4, 4, planes);
  }
}
