package org.answerprint.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TableTest {

  @Test
  void jsonHasARowForEachVariantWithSharesByKindAndMeans() {
    JsonNode json = table(20, 20).json();
    JsonNode row = json.path("variants").path("anchor+previous");
    assertThat(json.path("method").asText()).isEqualTo("pix2video");
    assertThat(json.path("edits").asInt()).isEqualTo(20);
    assertThat(row.path("success").fieldNames()).toIterable().containsExactly("pattern", "color", "material", "place", "two");
    assertThat(row.path("success").path("pattern").asDouble()).isEqualTo(0.75);
    assertThat(row.path("kept").asDouble()).isEqualTo(0.9);
    assertThat(row.path("pixelMse").asDouble()).isEqualTo(19.5);
    assertThat(row.path("intervals").path("pixelMse").get(0).asDouble()).isBetween(15.0, 19.5);
    assertThat(json.path("orderings")).isNotEmpty();
    assertThat(json.has("extension")).isFalse();
    assertThat(json.path("notRun").toString()).contains("Text2Live").contains("Tune-A-Video");
  }

  @Test
  void whatRunsBeyondTheSetIsAnExtensionAndNotARowsPart() {
    JsonNode json = table(40, 20).json();
    assertThat(json.path("variants").path("anchor+previous").path("edits").asInt()).isEqualTo(20);
    assertThat(json.path("extension").path("anchor+previous").path("edits").asInt()).isEqualTo(40);
  }

  @Test
  void textNamesEveryRowAndWhatCameOutOfTheOrderings() {
    assertThat(table(20, 20).text()).contains("anchor+previous").contains("per-frame").contains("holds").contains("color 0.750");
  }

  @Test
  void aRowIsMadeOfTheSetsEditsAndOfNoOthers() {
    Scores scores = new Scores(Variant.ALL);
    for (int i = 0; i < 20; i++) {
      scores.put(Variant.named(Variant.PER_FRAME), OrderingTest.score(i, 30 + i));
      scores.put(Variant.named(Variant.HEADLINE), OrderingTest.score(20 + i, 10 + i));
    }
    JsonNode json = new Table(first(20), scores, Protocol.USUAL, "0".repeat(64)).json();
    assertThat(json.path("variants").fieldNames()).toIterable().containsExactly("per-frame");
  }

  private static Set<String> first(int edits) {
    return IntStream.range(0, edits).mapToObj("%03d"::formatted).collect(Collectors.toSet());
  }

  private static Table table(int ofHeadline, int edits) {
    Scores scores = new Scores(Variant.ALL);
    for (int i = 0; i < ofHeadline; i++) {
      scores.put(Variant.named(Variant.HEADLINE), OrderingTest.score(i, 10 + i));
    }
    for (int i = 0; i < edits; i++) {
      scores.put(Variant.named(Variant.PER_FRAME), OrderingTest.score(i, 30 + i));
    }
    return new Table(first(edits), scores, Protocol.USUAL, "0".repeat(64));
  }
}
